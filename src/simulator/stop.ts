import { asError } from '../core/errors.ts';
import { type Account, type Simulator, readAccount, stop } from './ask.ts';
import { type SimulatorReport, createSimulatorReport } from './report.ts';
import { awaitAddress, describeOutput, readOutput } from './server.ts';
import type { Surroundings } from './start.ts';
import { type Saved, readState } from './state.ts';

/** The program may have started just before main was killed. */
const addressMilliseconds = 3_000;
const answerMilliseconds = 5_000;
/** So many fit into an annotation. */
const mostNames = 20;

/** Says what is left in the simulator of this step, and stops it. Never fails the job. */
export async function stopSimulator(surroundings: Omit<Surroundings, 'script'>): Promise<void> {
  const saved = readState(surroundings.env);
  if (saved === undefined) return;
  const report = createSimulatorReport();
  try {
    await end(report, saved, surroundings);
  } catch (error) {
    const why = asError(error).message.replace(/\.$/, '');
    report.warning(`Could not stop the simulator: ${why}. The runner ends it with the job.`);
  }
}

async function end(
  report: SimulatorReport,
  { file, clientId }: Saved,
  { clock, signal }: Omit<Surroundings, 'script' | 'env'>,
): Promise<void> {
  const url = await awaitAddress(file, { clock, signal, milliseconds: addressMilliseconds });
  const simulator = { url, clock, signal, milliseconds: answerMilliseconds };
  const account = await accountOf(simulator, clientId);
  if (typeof account === 'string') {
    report.warning(
      `The simulator of this job no longer runs at ${url.origin} (${account}), so what existed in it is unknown. ${describeOutput(readOutput(file))}`,
    );
    return;
  }
  sayWhatIsLeft(report, account);
  await stop(simulator);
  report.info(`The simulator at ${url.origin} stopped.`);
}

/**
 * The account of this simulator, or why it no longer exists.
 *
 * @throws Error if it may still run.
 */
async function accountOf(simulator: Simulator, clientId: string): Promise<Account | string> {
  try {
    const account = await readAccount(simulator);
    return account.clientId === clientId ? account : 'another simulator has its address';
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
    if (refused) return error.message;
    throw error;
  }
}

function sayWhatIsLeft(report: SimulatorReport, { instances }: Account): void {
  // A deletion that Aura has accepted needs nobody to wait for it.
  const left = instances.filter(({ status }) => status !== 'destroying');
  if (left.length === 0) {
    report.info('Nothing is left in the simulator.');
    return;
  }
  const names = left.map(({ id, name, status }) => `'${name}' (${id}, ${status})`);
  const others = names.slice(mostNames);
  const more = others.length === 0 ? '' : ` and ${others.length} more, which the log names`;
  const count = left.length === 1 ? '1 instance' : `${left.length} instances`;
  report.warning(
    `The job left ${count} in the simulator: ${names.slice(0, mostNames).join(', ')}${more}. In Aura they would continue to exist, and to cost money unless they are free. Use delete-after-job, or delete them in another step or job.`,
  );
  for (const name of others) report.info(`Also left: ${name}`);
}
