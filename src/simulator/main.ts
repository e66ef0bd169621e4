import { fileURLToPath } from 'node:url';
import { cancellation } from '../core/runner/cancellation.ts';
import { exit } from '../core/runner/exit.ts';
import { systemClock } from '../core/time/clock.ts';
import { startSimulator } from './start.ts';

await startSimulator({
  clock: systemClock,
  signal: cancellation(),
  env: process.env,
  // The bundle of simulator/cli.ts, beside the bundle of this file.
  script: fileURLToPath(new URL('./server.js', import.meta.url)),
});
// By then the runner has everything that was printed.
process.stdout.write('', exit);
