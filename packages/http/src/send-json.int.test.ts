import { createServer } from 'node:http';
import { listening } from '@guichet/testing/listening';
import { expect, test } from 'vitest';
import { sendJson } from './send-json.ts';

test('a text with more bytes than letters comes whole, with its headers', async () => {
  const text = JSON.stringify({ name: 'Zoé ☀' });
  const server = await listening(
    createServer((_req, res) => sendJson(res, 201, { location: '/there' }, text)),
  );

  const answer = await fetch(server.url);

  expect(answer.status).toBe(201);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    location: '/there',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
  });
  expect(await answer.text()).toBe(text);
  await server.close();
});
