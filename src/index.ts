import { systemClock } from './clock.ts';
import { main } from './main.ts';

await main(systemClock);
// Ends even if a proxy keeps a socket open; by then the runner has everything that was printed.
process.stdout.write('', () => process.exit());
