/**
 * A server that grants one token and then accepts nothing any more: its queue of connections is
 * full, so that a further one is never established. Its last word is its sign to begin.
 */
import net from 'node:net';
import process from 'node:process';

const fillers = 8;
const body = JSON.stringify({ access_token: 'granted-by-the-full', expires_in: 3600 });
const answer = [
  'HTTP/1.1 200 OK',
  'Content-Type: application/json',
  `Content-Length: ${body.length}`,
  'Connection: close',
  '',
  body,
].join('\r\n');

const server = net.createServer((socket) => {
  socket.once('data', () => {
    const { port } = server.address();
    for (let filler = 0; filler < fillers; filler += 1) net.connect(port, '127.0.0.1');
    socket.write(answer);
    process.stdout.write('full\n');
    // Nothing is accepted by a process that stands still.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.stdout.write(`${server.address().port}\n`);
});
