import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Places, runAct } from './act.ts';
import {
  type Account,
  claimOf,
  describeAdded,
  findChanges,
  findDifferences,
  knownClaims,
} from './claims.ts';
import { type Happening, pullRequest } from './events.ts';
import { readLog, type RunLog } from './run-log.ts';
import { type Scene, scenesFor } from './scenes.ts';
import { root, starts, type Workflow } from './workflows.ts';
import { nameOf, startWorld, type Surroundings, type World } from './world.ts';

/** What happened in one run of a workflow. */
export interface Row {
  readonly place: string;
  readonly event: string;
  readonly steps: string;
  readonly afterwards: string;
  readonly seconds: number;
  readonly problems: readonly string[];
}

/** In place of the number of steps, where GitHub starts nothing. */
export const noRun = 'no run';

/** What all plays share. */
export interface Stage extends Surroundings {
  readonly places: Omit<Places, 'scratch'>;
  /** Waits for one of the few places for a run, and keeps it until the run is over. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onRow: (row: Row) => void;
}

interface Play {
  readonly workflow: Workflow;
  readonly path: string;
  readonly claim: string;
  readonly stage: Stage;
  readonly world: World;
  readonly account: {
    readonly pullRequests: Set<string>;
    readonly branches: Set<string>;
    readonly orphans: Set<string>;
    night: boolean;
  } & Account;
}

/** Lets a workflow meet its events, in a world of its own, and judges after each scene what exists. */
export async function playWorkflow(workflow: Workflow, stage: Stage): Promise<void> {
  const claim = claimOf(workflow);
  if (claim === undefined) {
    const problems = [
      'Its first line does not say what is left. It must be a comment that ends with one of:',
      ...knownClaims.map((sentence) => `  ${sentence}.`),
    ];
    const { place } = workflow;
    stage.onRow({ place, event: '-', steps: '-', afterwards: '-', seconds: 0, problems });
    return;
  }
  const world = await startWorld(workflow, stage);
  try {
    const path = workflow.isRecipe ? join(world.scratch, 'recipe.yml') : join(root, workflow.place);
    if (workflow.isRecipe) await writeFile(path, workflow.text);
    const account = {
      pullRequests: new Set<string>(),
      branches: new Set<string>(),
      orphans: new Set<string>(),
      night: false,
    };
    const play = { workflow, path, claim, stage, world, account };
    prepare(play);
    for (const scene of scenesFor(workflow)) await playScene(play, scene);
  } finally {
    await world.close();
  }
}

/** A workflow that only deletes finds what others have created. */
function prepare({ claim, world, account }: Play): void {
  const sweeps = claim === 'Only the others are left';
  if (!sweeps && claim !== 'No instance is left') return;
  const createdAt = Date.now() - 9 * 86_400_000;
  for (const branch of ['feature/cart', ...(sweeps ? ['main', 'feature/stale'] : [])]) {
    world.simulator.seedInstance({ name: nameOf(branch), createdAt });
  }
  world.apply(pullRequest('opened', 'cart').effects);
  account.pullRequests.add('feature/cart');
  if (sweeps) account.orphans.add('feature/stale');
}

async function playScene(play: Play, scene: Scene): Promise<void> {
  const { world, workflow, stage, account, claim } = play;
  const { happenings, trouble, unnoticed = false } = scene;
  for (const { effects } of happenings) world.apply(effects);
  world.database.break(trouble === 'broken');
  const testedBefore = world.database.accepted();
  const started = unnoticed ? [] : happenings.filter((one) => starts(workflow, one));
  const runs = await Promise.all(
    started.map((happening) =>
      stage.inTurn(async () => {
        const begun = performance.now();
        const log = await runOne(play, happening, trouble === 'cancelled');
        return { happening, log, seconds: (performance.now() - begun) / 1000 };
      }),
    ),
  );
  for (const happening of happenings) note(account, happening, started.includes(happening));
  const differences = [
    ...(trouble === 'refused' ? findChanges(world) : findDifferences(claim, world, account)),
    ...findMissingTests(play, scene, { started, tested: world.database.accepted() - testedBefore }),
  ];
  const afterwards = describeAdded(world);
  for (const { happening, log, seconds } of runs) {
    const suffix = trouble === undefined ? '' : `, ${trouble}`;
    const problems = [...findProblems(play, happening, { log, trouble }), ...differences];
    stage.onRow({
      place: workflow.place,
      event: happening.title + suffix,
      steps: log.steps,
      afterwards,
      seconds,
      problems: problems.length === 0 ? [] : [...problems, ...log.lines.slice(-25)],
    });
  }
  for (const { title } of happenings.filter((one) => !started.includes(one))) {
    const row = { place: workflow.place, event: title, steps: noRun, afterwards, seconds: 0 };
    stage.onRow({ ...row, problems: differences });
  }
}

async function runOne(play: Play, happening: Happening, cancelled: boolean): Promise<RunLog> {
  const { stage, world, path } = play;
  const payload = join(world.scratch, `event-${crypto.randomUUID()}.json`);
  await writeFile(payload, JSON.stringify(happening.payload));
  const { simulator } = world;
  let run: ChildProcess | undefined;
  if (cancelled) world.hangAfterCreate();
  const ended = runAct(
    { ...stage.places, scratch: world.scratch },
    {
      event: happening.name,
      actor: happening.actor,
      payload,
      workflow: path,
      secrets: {
        GITHUB_TOKEN: 'the-token-of-the-job',
        ...(!happening.withheld && {
          AURA_CLIENT_SECRET: simulator.clientSecret,
          NEO4J_PASSWORD: world.before.get('staging')?.password ?? '',
        }),
      },
      variables: happening.isForeign
        ? {}
        : {
            AURA_CLIENT_ID: simulator.clientId,
            AURA_PRODUCTION_ID: world.before.get('production')?.id ?? '',
          },
      env: { ...world.env, GITHUB_REF: happening.ref },
      onStart: (child) => {
        run = child;
      },
    },
  );
  // Act answers SIGINT as GitHub does a cancellation, but kills the step at once.
  while (cancelled && run?.exitCode === null) {
    if (simulator.held() > 0) {
      run.kill('SIGINT');
      break;
    }
    await sleep(20);
  }
  return readLog(await ended);
}

/** What this means for the instances that the workflow has to keep. */
function note(account: Play['account'], happening: Happening, started: boolean): void {
  const { name, action, branch, cron, sweeps, deletes = false, withheld } = happening;
  const { pullRequests, branches, orphans } = account;
  if (sweeps === true) orphans.clear();
  if (cron !== undefined) {
    orphans.clear();
    account.night = Number(cron.split(' ')[1]) >= 12;
  }
  if (branch === undefined || withheld) return;
  if (deletes) {
    branches.delete(branch);
    pullRequests.delete(branch);
  } else if (action === 'closed') {
    if (pullRequests.delete(branch) && !started) orphans.add(branch);
  } else if (started) (name === 'push' ? branches : pullRequests).add(branch);
}

function findProblems(
  { workflow, world }: Play,
  happening: Happening,
  { log, trouble }: { readonly log: RunLog; readonly trouble: Scene['trouble'] },
): readonly string[] {
  const tests = workflow.text.includes('npm test') && isTested(happening);
  const fails = trouble === 'cancelled' || trouble === 'refused' || (trouble === 'broken' && tests);
  const problems: string[] = [];
  if (log.succeeded === fails && trouble !== 'crowded')
    problems.push(`the run ${fails ? 'did not fail' : 'failed'}`);
  if (trouble === undefined) problems.push(...log.remarks);
  if (world.database.refused() > 0) problems.push('a test had no valid credentials');
  if (world.secrets().some((secret) => log.text.includes(secret))) {
    problems.push('a secret is in the log');
  }
  return problems;
}

/** Each run that has to test must have reached its database, unless it was cancelled before. */
function findMissingTests(
  { workflow }: Play,
  { trouble }: Scene,
  { started, tested }: { readonly started: readonly Happening[]; readonly tested: number },
): readonly string[] {
  if (trouble === 'cancelled' || !workflow.text.includes('npm test')) return [];
  const expected = trouble === 'crowded' ? 1 : started.filter(isTested).length;
  return tested >= expected ? [] : [`${tested} of ${expected} tests have reached their database`];
}

/** Whether a workflow that tests must test now. */
function isTested({ name, action, withheld, deletes = false }: Happening): boolean {
  if (withheld || deletes) return false;
  return name === 'push' || (name === 'pull_request' && action !== 'closed');
}
