import { cancellation } from '../core/runner/cancellation.ts';
import { exit } from '../core/runner/exit.ts';
import { systemClock } from '../core/time/clock.ts';
import { stopSimulator } from './stop.ts';

await stopSimulator({ clock: systemClock, signal: cancellation(), env: process.env });
// By then the runner has everything that was printed.
process.stdout.write('', exit);
