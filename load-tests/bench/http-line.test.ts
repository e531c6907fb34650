import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openLine, parseAnswer } from './http-line.ts';

const whole = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nbusy';

test('an answer is read when all of it is there, and not before', () => {
  expect(parseAnswer(whole.slice(0, 40))).toBeUndefined();
  expect(parseAnswer(whole.slice(0, -1))).toBeUndefined();
  expect(parseAnswer(whole)).toEqual({ status: 503, retryAfter: true });
});

test('what says no time to come again is seen', () => {
  expect(parseAnswer('HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n')).toEqual({
    status: 201,
    retryAfter: false,
  });
});

test('a request whose connection ends without an answer fails, and another is answered in pieces', async () => {
  const server = createServer((socket) => {
    socket.once('data', (asked) => {
      if (String(asked) === 'end') return socket.end();
      socket.write(whole.slice(0, 50));
      setTimeout(() => socket.write(whole.slice(50)), 20);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const lines = [1, 2].map(() => openLine(new URL(`http://127.0.0.1:${port}`)));
  onTestFinished(() => {
    for (const line of lines) line.close();
    server.close();
  });

  await expect(lines[0]?.ask('end')).rejects.toThrow('broke off');
  expect(await lines[1]?.ask('answer')).toEqual({ status: 503, retryAfter: true });
});
