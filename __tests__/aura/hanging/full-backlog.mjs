/**
 * A server that issues one token and then accepts no connection: its connection queue is full, so
 * a new connection is never established. Its last line of output means that it is ready.
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
    // A blocked process accepts no connection.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.stdout.write(`${server.address().port}\n`);
});
