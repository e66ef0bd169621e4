import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Simulator } from '../../simulator/aura/simulator.ts';

/** What the tests of the shop say when they connect. */
interface Login {
  readonly uri?: string;
  readonly username?: string;
  readonly password?: string;
}

/** Stands for the databases of all simulated instances, for the tests of the workflows. */
export interface Database {
  readonly url: string;
  /** Number of logins that were accepted so far. */
  accepted(): number;
  /** Number of logins that were refused so far. */
  refused(): number;
  /** Makes the tests that connect from now on fail, or succeed again. */
  break(broken: boolean): void;
  close(): Promise<void>;
}

/** Starts it. It lets those in who give address, user and password of a running instance. */
export async function startDatabase(simulator: Simulator): Promise<Database> {
  let accepted = 0;
  let refused = 0;
  let broken = false;
  const isRight = ({ uri, username, password }: Login): boolean =>
    simulator
      .instances()
      .some(
        (one) =>
          one.status === 'running' &&
          one.connectionUrl === uri &&
          one.username === username &&
          one.password === password,
      );
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.once('end', () => {
      const right = isRight(JSON.parse(text) as Login);
      if (right) accepted += 1;
      else refused += 1;
      response.writeHead(right && !broken ? 200 : 403, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    accepted: () => accepted,
    refused: () => refused,
    break: (isBroken) => {
      broken = isBroken;
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

/** The files of the shop whose workflows run; its only test connects to its database. */
export const shop: Readonly<Record<string, string>> = {
  'test.mjs': `
    import { existsSync } from 'node:fs';
    if (process.env.NEO4J_URI === undefined && existsSync('.env')) process.loadEnvFile('.env');
    const { SHOP_DATABASE, NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password } = process.env;
    const body = JSON.stringify({ uri, username, password });
    const { status } = await fetch(SHOP_DATABASE, { method: 'POST', body });
    console.log('The database answers ' + status);
    process.exitCode = status === 200 ? 0 : 1;
  `,
};

/** What stands for npm in the jobs: the real one takes longer than all the rest of most jobs. */
export const npm = `#!/bin/sh
case "$1" in
  ci) ;;
  test) exec node test.mjs ;;
  run) echo "$2" ;;
  *) echo "npm $*?" >&2; exit 1 ;;
esac
`;
