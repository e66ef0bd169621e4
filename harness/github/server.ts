import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { answerTo, refuse, type Answer, type Call, type Permissions } from './answers.ts';
import {
  createDeploymentBook,
  createViews,
  type DeploymentSeed,
  type KeptDeployment,
} from './deployments.ts';
import { createGitHubValidator, type GitHubExchange } from './description.ts';

import {
  createPullRequestBook,
  createPullRequestViews,
  type PullRequestSeed,
} from './pull-requests.ts';

export type { KeptDeployment } from './deployments.ts';
export type { GitHubExchange } from './description.ts';

/** An answer in place of the usual one, and without its effect. */
export interface OrderedAnswer {
  readonly method?: string;
  /** Searched in the path. */
  readonly path?: RegExp;
  /** How many matching requests are answered as usual before; default 0. */
  readonly after?: number;
  /** To how many matching requests it goes; default 1. */
  readonly times?: number;
  /** `reset-after`: the usual effect, but no answer. */
  readonly answer: 'hang' | 'reset' | 'reset-after' | Answer;
}

/** What a server does differently. */
export interface GitHubServerOptions {
  /** `owner/name`; default `octo/shop`. Everything else is not found. */
  readonly repository?: string;
  /** `/api/v3` on GitHub Enterprise. */
  readonly basePath?: string;
  /** What the token may do with deployments; default `write`. */
  readonly permission?: Permissions['deployments'];
  /** What it may do with pull requests; default `read`. */
  readonly pullRequests?: Permissions['pullRequests'];
  /** Refs that a deployment can be made of; default any. */
  readonly refs?: readonly string[];
}

/** The deployments and pull requests of GitHub's REST API on this machine. */
export interface GitHubServer {
  /** For GITHUB_API_URL. */
  readonly url: string;
  readonly port: number;
  readonly exchanges: readonly GitHubExchange[];
  /** What is there, the newest first. */
  readonly deployments: () => readonly KeptDeployment[];
  /** Makes a deployment with a status as somebody else would, without a request. */
  readonly seed: (deployment: DeploymentSeed, state?: string, creator?: string) => KeptDeployment;
  /** Marks a deployment inactive, without a request. */
  readonly retire: (id: number) => void;
  /** Puts a pull request there, or another state of it. */
  readonly putPullRequest: (seed: PullRequestSeed) => void;
  readonly order: (answer: OrderedAnswer) => void;
  /** Changes what the token may do. */
  readonly permit: (permission: Permissions['deployments']) => void;
  /** How many requests are never answered, and whose client still waits. */
  readonly held: () => number;
  /** Resolves when the next request is complete, before it is answered. */
  readonly nextRequest: () => Promise<void>;
  /**
   * Ends the server.
   *
   * @throws Error if a request or an answer was not as GitHub's description says
   */
  readonly close: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

let validator: ReturnType<typeof createGitHubValidator> | undefined;
const running = new Map<string, GitHubServer>();

/** The server of this process that a step was given as GITHUB_API_URL, if there is one. */
export function gitHubAt(url: string | undefined): GitHubServer | undefined {
  return url === undefined ? undefined : running.get(url);
}

/** Starts the server. */
export async function startGitHub(options: GitHubServerOptions = {}): Promise<GitHubServer> {
  validator ??= createGitHubValidator();
  const validate = await validator;
  const { repository = 'octo/shop', basePath = '' } = options;
  const book = createDeploymentBook();
  const pulls = createPullRequestBook(repository);
  const state = {
    deployments: options.permission ?? 'write',
    pullRequests: options.pullRequests ?? 'read',
  };
  const exchanges: GitHubExchange[] = [];
  const violations: string[] = [];
  const orders: { rule: OrderedAnswer; before: number; left: number }[] = [];
  let held = 0;
  const awaiting: (() => void)[] = [];
  const sockets = new Set<Socket>();

  const takeOrder = ({ method, path }: Call): OrderedAnswer['answer'] | undefined => {
    const found = orders.find(
      ({ rule, left }) =>
        left > 0 && (rule.method ?? method) === method && (rule.path?.test(path) ?? true),
    );
    if (found === undefined) return undefined;
    if (found.before > 0) {
      found.before -= 1;
      return undefined;
    }
    found.left -= 1;
    return found.rule.answer;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request, basePath);
    for (const resolve of awaiting.splice(0)) resolve();
    const ordered = takeOrder(call);
    const usual = (): Answer =>
      refuse(call, repository, state) ??
      answerTo(call, {
        book,
        views: createViews(url, repository),
        refs: options.refs,
        pulls,
        pullViews: createPullRequestViews(url, repository),
      });
    if (ordered === 'reset-after') usual();
    const answer = ordered ?? usual();
    const text = typeof answer === 'string' ? '' : textOf(answer);
    const status = typeof answer === 'string' ? answer : answer.status;
    const exchange = {
      ...call,
      status: status === 'reset-after' ? 'reset' : status,
      responseBody: text,
      ordered: ordered !== undefined,
    };
    exchanges.push(exchange);
    violations.push(...validate(exchange));
    if (answer === 'hang') {
      held += 1;
      response.once('close', () => {
        held -= 1;
      });
    } else if (answer === 'reset' || answer === 'reset-after') request.socket.resetAndDestroy();
    else send(response, answer, text);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      violations.push(String(error));
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${basePath}`;
  const close = async (): Promise<void> => {
    running.delete(url);
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
    if (violations.length === 0) return;
    throw new Error(`Against GitHub's description:\n${violations.splice(0).join('\n')}`);
  };
  const started: GitHubServer = {
    url,
    port,
    exchanges,
    deployments: () => [...book.all()],
    seed: (seed, status = 'success', creator = 'octocat') => {
      const { id } = book.add(seed, creator);
      book.addStatus(id, { state: status, auto_inactive: false });
      return book.find(id) ?? book.add(seed, creator);
    },
    retire: (id) => {
      book.addStatus(id, { state: 'inactive' });
    },
    putPullRequest: pulls.put,
    order: (rule) => {
      orders.push({ rule, before: rule.after ?? 0, left: rule.times ?? 1 });
    },
    permit: (permission) => {
      state.deployments = permission;
    },
    held: () => held,
    nextRequest: () =>
      new Promise((resolve) => {
        awaiting.push(resolve);
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
  running.set(url, started);
  return started;
}

async function readCall(request: IncomingMessage, basePath: string): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? '',
    path: url.pathname.startsWith(basePath) ? url.pathname.slice(basePath.length) : url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function textOf({ body }: Answer): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function send(response: ServerResponse, { status, headers, body }: Answer, text: string): void {
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': `${type}; charset=utf-8` }),
    'x-github-request-id': 'C0DE:1A2B3C:4D5E6F:778899:66AABBCC',
    ...headers,
  });
  response.end(text);
}
