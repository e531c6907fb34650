import { expect, test } from 'vitest';
import { type Passage, requestHeaders, responseHeaders } from './forwarded-headers.ts';

const passage: Passage = {
  requestId: 'r-1',
  deadline: 1_000,
  host: 'guichet.test',
  protocol: 'https',
  clientAddress: '192.0.2.7',
};
const sent = (rawHeaders: string[], headers: Record<string, string> = {}) => {
  const flat = requestHeaders({ rawHeaders, headers }, passage);
  return Object.fromEntries(
    flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : [])),
  );
};

test('what speaks of one connection ends with it, as does what Connection names', () => {
  const headers = sent(
    ['Connection', 'close, X-Secret-Hop', 'X-Secret-Hop', '1', 'TE', 'trailers', 'Accept', 'a/b'],
    { connection: 'close, X-Secret-Hop' },
  );

  expect(Object.keys(headers)).not.toContain('connection');
  expect(Object.keys(headers)).not.toContain('x-secret-hop');
  expect(Object.keys(headers)).not.toContain('te');
  expect(headers.accept).toBe('a/b');
});

test('a client cannot say where it comes from, who it is, or when it stops waiting', () => {
  const headers = sent([
    'X-Forwarded-For',
    '10.0.0.1',
    'X-User-Id',
    'admin',
    'Forwarded',
    'for=10.0.0.1',
    'X-Request-Deadline',
    '9',
    'X-Request-Id',
    'theirs',
  ]);

  expect(headers).toEqual({
    'x-request-id': 'r-1',
    'x-request-deadline': '1000',
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-host': 'guichet.test',
    'x-forwarded-proto': 'https',
  });
});

test('what was shown at the gate ends there, and nobody but the gate says what it came to', () => {
  const shown = ['X-Admission', 'a.b.c', 'X-Admission-Id', 'theirs', 'x-admission-id', 'theirs'];

  const headers = sent(shown);
  expect(headers).not.toHaveProperty('x-admission');
  expect(headers).not.toHaveProperty('x-admission-id');

  const flat = requestHeaders({ rawHeaders: shown, headers: {} }, passage, 'ours');
  expect(flat.filter((_, at) => flat[at - 1] === 'x-admission-id')).toEqual(['ours']);
});

test('an answer loses what belongs to our own connection, and keeps several cookies apart', () => {
  expect(
    responseHeaders({
      connection: 'keep-alive',
      'keep-alive': 'timeout=5',
      'transfer-encoding': 'chunked',
      'set-cookie': ['a=1', 'b=2'],
      'content-type': 'application/json',
    }),
  ).toEqual({ 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' });
});
