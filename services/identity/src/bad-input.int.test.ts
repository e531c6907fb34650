import { expect } from 'vitest';
import { httpTest as test } from '../test/identity-test.ts';
import { password } from '../test/people.ts';
import { factsIn } from '../test/seed.ts';

const person = {
  email: 'ada@guichet.test',
  password,
  firstName: 'Ada',
  lastName: 'Lovelace',
  language: 'en',
};

test.for([
  ['malformed JSON', '{"email":', 400, 'malformed_json', undefined],
  ['no body', '', 400, 'invalid_request', undefined],
  ['an unknown field', { ...person, role: 'admin' }, 400, 'invalid_request', ''],
  ['a wrong type', { ...person, firstName: 7 }, 400, 'invalid_request', 'firstName'],
  ['no address', { ...person, email: 'ada' }, 400, 'invalid_request', 'email'],
  ['a name of spaces', { ...person, lastName: '   ' }, 400, 'invalid_request', 'lastName'],
  ['a language we do not speak', { ...person, language: 'nl' }, 400, 'invalid_request', 'language'],
  [
    'a body over the limit',
    { ...person, more: 'x'.repeat(70_000) },
    413,
    'body_too_large',
    undefined,
  ],
] as const)('registering with %s opens no account', async (given, { identity }) => {
  const [, body, status, code, path] = given;

  const response = await fetch(`${identity.url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  const problem = (await response.json()) as { code: string; errors?: { path: string }[] };
  expect([response.status, problem.code]).toEqual([status, code]);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  if (path !== undefined) expect(problem.errors?.map((error) => error.path)).toEqual([path]);
  expect(await factsIn(identity.deps.pool)).toEqual([]);
});
