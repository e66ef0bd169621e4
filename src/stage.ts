import { appendFileSync } from 'node:fs';

const key = 'aura-stage';

/**
 * Which of its two stages this process is: the bundle serves both, and the runner hands a step's
 * state to its post stage only.
 *
 * The word is left here, by the first module to be loaded and without the toolkit, so that even a
 * step that is killed while it loads has a post stage that knows itself for one and makes nothing.
 */
export const stage: 'main' | 'post' = process.env[`STATE_${key}`] === 'main' ? 'post' : 'main';

const stateFile = process.env['GITHUB_STATE'];
if (stage === 'main' && stateFile) {
  try {
    appendFileSync(stateFile, `${key}=main\n`);
  } catch {
    // What can't be written fails the step before it makes anything, with a proper error.
  }
}
