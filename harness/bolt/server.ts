import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { decodeMessage, encodeMessage, toMap, type Value } from './packstream.ts';

/** The failure that the server sends instead of a result. */
export interface BoltFailure {
  readonly code: string;
  readonly message: string;
  /** The message that fails. Default: the query. */
  readonly to?: 'LOGON' | 'RUN';
}

/**
 * How the server treats a connection: it answers the query, closes the connection immediately,
 * never sends anything, or fails the login or the query.
 */
export type Behavior = 'answer' | 'drop' | 'silence' | BoltFailure;

/** Options of a fake Neo4j server. */
export interface BoltServerOptions {
  readonly username?: string;
  readonly password?: string;
  /** How to treat each connection, in order; later ones are answered. */
  readonly behavior?: readonly Behavior[];
  /** Serves TLS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Called for each connection after it is accepted. */
  readonly onConnection?: () => void;
}

/** A running fake Neo4j server. */
export interface BoltServer {
  readonly port: number;
  /** Its address with a scheme such as `bolt` or `neo4j+s`. */
  uri(scheme: string, host?: string): string;
  /** Number of connections so far. */
  connections(): number;
  /** All messages except RESET and GOODBYE, in order. */
  readonly messages: readonly Message[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A message from a client. */
export interface Message {
  readonly name: string;
  readonly fields: readonly Value[];
}

/** The only version supported; current drivers offer it. */
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
 * Starts a fake Neo4j server. It speaks enough Bolt 5.4 for a driver to log on, get a routing
 * table and run one query. It checks user and password and answers every query with the row
 * `[1]`. It does not understand Cypher and stores nothing; real-neo4j.test.ts tests with a real
 * Neo4j.
 */
export async function startBoltServer(options: BoltServerOptions = {}): Promise<BoltServer> {
  const sockets = new Set<Socket>();
  const messages: Message[] = [];
  const behavior = [...(options.behavior ?? [])];
  let connections = 0;
  const accept = (socket: Socket): void => {
    connections += 1;
    sockets.add(socket);
    // Clients may disconnect at any time.
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    options.onConnection?.();
    const mine = behavior.shift() ?? 'answer';
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
  // Each offer: the number of lower minor versions, the minor, and the major version.
  const agreed = offered.some(
    ([, below = 0, minor = 0, major]) =>
      major === version.major && version.minor <= minor && version.minor >= minor - below,
  );
  if (hello.readUInt32BE(0) !== magic || !agreed) {
    // Like Neo4j, answer only Bolt.
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

/** @returns whether it failed; messages after a failure are ignored up to a RESET. */
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
      // Neo4j also closes the connection.
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

/** A message consists of chunks, each preceded by its length; an empty chunk ends it. */
async function readMessage(read: Read): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (;;) {
    const length = (await read(2)).readUInt16BE(0);
    if (length > 0) chunks.push(await read(length));
    else if (chunks.length > 0) return Buffer.concat(chunks);
  }
}

/** Reads exactly this many bytes. @throws Error if the client disconnects. */
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
