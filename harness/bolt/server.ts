import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { decodeMessage, encodeMessage, toMap, type Value } from './packstream.ts';

/** What the server answers with instead of a result. */
export interface BoltFailure {
  readonly code: string;
  readonly message: string;
  /** What it is the answer to: the query when left out. */
  readonly to?: 'LOGON' | 'RUN';
}

/**
 * What becomes of one connection: its query is answered; it is dropped at once; it never hears
 * anything; or its login or its query fails.
 */
export type Conduct = 'answer' | 'drop' | 'silence' | BoltFailure;

/** Everything about a stand-in that can be chosen. */
export interface BoltServerOptions {
  readonly username?: string;
  readonly password?: string;
  /** What becomes of each connection in turn; those after the last are answered. */
  readonly conduct?: readonly Conduct[];
  /** Serves TLS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Called with each connection, once it is accepted. */
  readonly onConnection?: () => void;
}

/** A running stand-in. */
export interface BoltServer {
  readonly port: number;
  /** Its address with a scheme such as `bolt` or `neo4j+s`. */
  uri(scheme: string, host?: string): string;
  /** How many connections were made. */
  connections(): number;
  /** All messages but resets and farewells, in order: their names and the maps in them. */
  readonly messages: readonly Message[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A message of a client. */
export interface Message {
  readonly name: string;
  readonly fields: readonly Value[];
}

/** The one version spoken, of those that current drivers offer. */
const version = { major: 5, minor: 4 };
const magic = 0x6060b017;
const names = new Map([
  [0x01, 'HELLO'],
  [0x02, 'GOODBYE'],
  [0x0f, 'RESET'],
  [0x10, 'RUN'],
  [0x3f, 'PULL'],
  [0x66, 'ROUTE'],
  [0x6a, 'LOGON'],
]);
const signatures = { success: 0x70, record: 0x71, ignored: 0x7e, failure: 0x7f };

/**
 * Starts a stand-in for a Neo4j: it speaks Bolt 5.4 as far as a driver needs to log on, to be
 * routed and to run one query, checks user and password, and answers every query with the one
 * row `[1]`. It knows no Cypher and stores nothing; what a real Neo4j does is for real-neo4j.test.ts.
 */
export async function startBoltServer(options: BoltServerOptions = {}): Promise<BoltServer> {
  const sockets = new Set<Socket>();
  const messages: Message[] = [];
  const conduct = [...(options.conduct ?? [])];
  let connections = 0;
  const accept = (socket: Socket): void => {
    connections += 1;
    sockets.add(socket);
    // A client that goes away is no trouble.
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    options.onConnection?.();
    const mine = conduct.shift() ?? 'answer';
    if (mine === 'drop') socket.destroy();
    if (mine === 'silence') socket.resume();
    if (mine === 'drop' || mine === 'silence') return;
    const failure = mine === 'answer' ? undefined : mine;
    serve(socket, { options, failure, messages }).catch(() => socket.destroy());
  };
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, noDelay: true }, accept)
    : createServer({ noDelay: true }, accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return {
    port,
    uri: (scheme, host = '127.0.0.1') => `${scheme}://${host}:${port}`,
    connections: () => connections,
    messages,
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Conversation {
  readonly options: BoltServerOptions;
  readonly failure: BoltFailure | undefined;
  readonly messages: Message[];
}

async function serve(socket: Socket, conversation: Conversation): Promise<void> {
  const read = reader(socket);
  const hello = await read(20);
  const offered = [4, 8, 12, 16].map((at) => hello.subarray(at, at + 4));
  // Each offer: how many minor versions below, the minor, and the major version.
  const agreed = offered.some(
    ([, below = 0, minor = 0, major]) =>
      major === version.major && version.minor <= minor && version.minor >= minor - below,
  );
  if (hello.readUInt32BE(0) !== magic || !agreed) {
    // As a Neo4j does: anything but Bolt is not answered.
    socket.destroy();
    return;
  }
  socket.write(Buffer.from([0, 0, version.minor, version.major]));
  let failed = false;
  for (;;) {
    const { signature, fields } = decodeMessage(await readMessage(read));
    const name = names.get(signature) ?? `message ${signature}`;
    if (name === 'GOODBYE') {
      socket.end();
      return;
    }
    if (name === 'RESET') failed = false;
    else conversation.messages.push({ name, fields });
    if (failed) send(socket, signatures.ignored);
    else failed = answer(socket, { name, fields }, conversation);
  }
}

/** @returns whether it was a failure: then all is ignored up to a reset. */
function answer(
  socket: Socket,
  { name, fields }: Message,
  { options, failure }: Conversation,
): boolean {
  const succeed = (metadata: Value = {}): boolean => {
    send(socket, signatures.success, metadata);
    return false;
  };
  const fail = ({ code, message }: BoltFailure): boolean => {
    send(socket, signatures.failure, { code, message });
    return true;
  };
  switch (name) {
    case 'HELLO':
      return succeed({ server: 'Neo4j/5.26.0', connection_id: 'bolt-1', hints: {} });
    case 'LOGON': {
      const { principal, credentials } = toMap(fields[0]);
      const { username = 'neo4j', password = 'the-right-one' } = options;
      if (failure?.to === 'LOGON') {
        fail(failure);
        socket.end();
        return true;
      }
      if (principal === username && credentials === password) return succeed();
      // A Neo4j closes the connection, too.
      fail({
        code: 'Neo.ClientError.Security.Unauthorized',
        message: 'The client is unauthorized due to authentication failure.',
      });
      socket.end();
      return true;
    }
    case 'ROUTE': {
      const { address = '' } = toMap(fields[0]);
      const roles = ['ROUTE', 'READ', 'WRITE'];
      const servers = roles.map((role) => ({ addresses: [address], role }));
      return succeed({ rt: { ttl: 300, db: 'home', servers } });
    }
    case 'RUN':
      return failure === undefined || failure.to === 'LOGON'
        ? succeed({ fields: ['1'], t_first: 0 })
        : fail(failure);
    case 'PULL':
      send(socket, signatures.record, [1]);
      return succeed({ type: 'r', t_last: 0, db: 'home' });
    case 'RESET':
      return succeed();
    default:
      return fail({ code: 'Neo.ClientError.Request.Invalid', message: `${name} is not known.` });
  }
}

function send(socket: Socket, signature: number, ...fields: readonly Value[]): void {
  const body = encodeMessage(signature, fields);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  socket.write(Buffer.concat([length, body, Buffer.alloc(2)]));
}

type Read = (length: number) => Promise<Buffer>;

/** A message comes in chunks, each with its length before it; an empty one ends it. */
async function readMessage(read: Read): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (;;) {
    const length = (await read(2)).readUInt16BE(0);
    if (length > 0) chunks.push(await read(length));
    else if (chunks.length > 0) return Buffer.concat(chunks);
  }
}

/** Gives just so many bytes of what arrives. @throws Error when the client has left. */
function reader(socket: Socket): Read {
  const incoming = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held = Buffer.alloc(0);
  return async (length) => {
    while (held.length < length) {
      const next = await incoming.next();
      if (next.done === true) throw new Error('The client has left.');
      held = Buffer.concat([held, next.value]);
    }
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
}
