import { startKey } from './credentials/early-key.ts';

// On another thread, while this one loads the action.
const key = startKey(process.env);
const { run } = await import('./action.ts');
await run('main', key);
