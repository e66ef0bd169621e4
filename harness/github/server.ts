import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { Answer, Call } from './answer.ts';
import { answerTo, refuse, type Permissions } from './answers.ts';
import {
  createDeploymentBook,
  createViews,
  type DeploymentSeed,
  type KeptDeployment,
} from './deployments.ts';
import { createBranchBook } from './branches.ts';
import { createGitBook, type GitBook } from './git.ts';
import { createReleaseBook, type ReleaseBook } from './releases.ts';
import { createGitHubValidator, type GitHubExchange } from './description.ts';

import {
  createPullRequestBook,
  createPullRequestViews,
  type PullRequestSeed,
} from './pull-requests.ts';

export type { KeptDeployment } from './deployments.ts';
export type { GitHubExchange } from './description.ts';

/** An answer instead of the usual one; the request has no effect. */
export interface OrderedAnswer {
  readonly method?: string;
  /** Regular expression to find in the path. */
  readonly path?: RegExp;
  /** Number of the page that is asked for. */
  readonly page?: number;
  /** Number of matching requests that are answered as usual first. Default: 0. */
  readonly after?: number;
  /** Number of matching requests that get this answer. Default: 1. */
  readonly times?: number;
  /** `reset-after`: the usual effect, but no answer. */
  readonly answer: 'hang' | 'reset' | 'reset-after' | Answer;
}

/** Options of the server. */
export interface GitHubServerOptions {
  /** `owner/name`. Default: `octo/shop`. All other repositories are not found. */
  readonly repository?: string;
  /** `/api/v3` on GitHub Enterprise. */
  readonly basePath?: string;
  /** The token's permission for deployments. Default: `write`. */
  readonly permission?: Permissions['deployments'];
  /** The token's permission for pull requests. Default: `read`. */
  readonly pullRequests?: Permissions['pullRequests'];
  /** The token's permission for contents: for branches, tags and releases. Default: `read`. */
  readonly contents?: Permissions['contents'];
  /** Default: `main`. */
  readonly defaultBranch?: string;
  /** Called right before each request takes effect. */
  readonly onRequest?: (request: Pick<Call, 'method' | 'path' | 'query'>) => void;
  /** Refs that a deployment can be created for. Default: any. */
  readonly refs?: readonly string[];
}

/** A local fake of GitHub's REST API for deployments, pull requests, branches, tags and releases. */
export interface GitHubServer {
  /** For GITHUB_API_URL. */
  readonly url: string;
  readonly port: number;
  readonly exchanges: readonly GitHubExchange[];
  /** All deployments, newest first. */
  readonly deployments: () => readonly KeptDeployment[];
  /** Creates a deployment with a status as another user, without a request. */
  readonly seed: (deployment: DeploymentSeed, state?: string, creator?: string) => KeptDeployment;
  /** Marks a deployment inactive, without a request. */
  readonly retire: (id: number) => void;
  /** Deletes a deployment, without a request. */
  readonly forget: (id: number) => void;
  /** Adds a pull request, or replaces the one with this number. */
  readonly putPullRequest: (seed: PullRequestSeed) => void;
  readonly putBranch: (name: string) => void;
  readonly removeBranch: (name: string) => void;
  /** Commits and tags, to be set up and read without a request. */
  readonly git: GitBook;
  /** Releases, likewise. */
  readonly releases: ReleaseBook;
  readonly order: (answer: OrderedAnswer) => void;
  /** Changes the token's permission for deployments. */
  readonly permit: (permission: Permissions['deployments']) => void;
  /** Number of requests that are never answered and whose client still waits. */
  readonly held: () => number;
  /** Resolves when the next request is complete, before it is answered. */
  readonly nextRequest: () => Promise<void>;
  /**
   * Stops the server.
   *
   * @throws Error if a request or an answer violated GitHub's description
   */
  readonly close: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

let validator: ReturnType<typeof createGitHubValidator> | undefined;
const running = new Map<string, GitHubServer>();

/** The server in this process whose URL a step has as GITHUB_API_URL, if any. */
export function gitHubAt(url: string | undefined): GitHubServer | undefined {
  return url === undefined ? undefined : running.get(url);
}

/** Starts the server. */
export async function startGitHub(options: GitHubServerOptions = {}): Promise<GitHubServer> {
  validator ??= createGitHubValidator();
  const validate = await validator;
  const { repository = 'octo/shop', basePath = '', defaultBranch = 'main' } = options;
  const book = createDeploymentBook();
  const pulls = createPullRequestBook(repository);
  const branches = createBranchBook(defaultBranch);
  const git = createGitBook();
  const releases = createReleaseBook();
  const state = {
    deployments: options.permission ?? 'write',
    pullRequests: options.pullRequests ?? 'read',
    contents: options.contents ?? 'read',
  };
  const exchanges: GitHubExchange[] = [];
  const violations: string[] = [];
  const orders: { rule: OrderedAnswer; before: number; left: number }[] = [];
  let held = 0;
  const awaiting: (() => void)[] = [];
  const sockets = new Set<Socket>();

  const takeOrder = ({ method, path, query }: Call): OrderedAnswer['answer'] | undefined => {
    const page = Number(query['page'] ?? 1);
    const found = orders.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.method ?? method) === method &&
        (rule.path?.test(path) ?? true) &&
        (rule.page ?? page) === page,
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
    options.onRequest?.(call);
    const ordered = takeOrder(call);
    const usual = (): Answer =>
      refuse(call, repository, state) ??
      answerTo(call, {
        book,
        views: createViews(url, repository),
        refs: options.refs,
        pulls,
        pullViews: createPullRequestViews(url, repository),
        apiUrl: url,
        repository,
        branches,
        defaultBranch,
        released: {
          apiUrl: url,
          repository,
          git,
          releases,
          showDrafts: state.contents === 'write',
        },
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
    forget: (id) => {
      book.remove(id);
    },
    putPullRequest: pulls.put,
    putBranch: branches.put,
    removeBranch: branches.remove,
    git,
    releases,
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
