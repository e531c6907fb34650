import { expect, test } from 'vitest';
import { clientOf, readTokenRequest } from './token-request.ts';

const form = 'application/x-www-form-urlencoded';
const read = (text: string, mediaType = form) => readTokenRequest(mediaType, Buffer.from(text));

test('a form and JSON say the same', () => {
  const wanted = { grant_type: 'refresh_token', refresh_token: 'abc' };

  expect(read('grant_type=refresh_token&refresh_token=abc')).toEqual(wanted);
  expect(read(JSON.stringify(wanted), 'application/json')).toEqual(wanted);
});

test('a parameter that OAuth does not name is ignored', () => {
  expect(read('grant_type=client_credentials&scope=all')).toEqual({
    grant_type: 'client_credentials',
  });
});

test.each([
  ['', 'invalid_request'],
  ['grant_type=password&username=a', 'unsupported_grant_type'],
  ['grant_type=refresh_token', 'invalid_request'],
  ['grant_type=refresh_token&refresh_token=a&refresh_token=b', 'invalid_request'],
  ['grant_type=refresh_token&refresh_token=a&organiserId=me', 'invalid_request'],
])('refuses %j with %s', (body, code) => {
  expect(() => read(body)).toThrow(expect.objectContaining({ code }));
});

test.each(['[]', '"text"', '{', 'null'])('refuses %s as a JSON body', (body) => {
  expect(() => read(body, 'application/json')).toThrow(
    expect.objectContaining({ code: 'invalid_request' }),
  );
});

test('a client shows itself by HTTP Basic, both parts form-encoded', () => {
  const basic = `Basic ${Buffer.from('box%2Doffice:s%3Acret+1').toString('base64')}`;

  expect(clientOf(basic)).toEqual({ id: 'box-office', secret: 's:cret 1' });
  expect(clientOf('Bearer abc')).toBeUndefined();
  expect(clientOf('Basic')).toBeUndefined();
  expect(clientOf(`Basic ${Buffer.from('nobody').toString('base64')}`)).toBeUndefined();
  expect(clientOf(undefined)).toBeUndefined();
});
