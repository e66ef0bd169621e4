import { stage } from './stage.ts';
import { cancellation } from './cancellation.ts';
import { systemClock } from './clock.ts';
import { main } from './main.ts';
import { post } from './post.ts';

// The proxy library below @actions/http-client uses what Node deprecates, which is no user's concern.
process.noDeprecation = true;
await (stage === 'main' ? main : post)({ clock: systemClock, signal: cancellation() });
// Ends even if a proxy keeps a socket open; by then the runner has everything that was printed.
process.stdout.write('', () => process.exit());
