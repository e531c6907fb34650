import { expect, test } from 'vitest';
import { allOperations, publicOperations } from './operations.ts';

test('no two operations share an id, or a method and path', () => {
  const ids = allOperations.map(({ id }) => id);
  const routes = allOperations.map(({ method, path }) => `${method} ${path}`);

  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(routes).size).toBe(routes.length);
});

test('what the gateway routes is under /api or /.well-known, and no service route is among it', () => {
  for (const { id, path, access } of publicOperations) {
    expect(path, id).toMatch(/^\/(api|\.well-known)\//);
    expect(access, id).not.toBe('service');
  }
});

test('operations between services are under /internal and ask for a service token', () => {
  const internal = allOperations.filter((operation) => !publicOperations.includes(operation));

  for (const { id, path, access } of internal) {
    expect(path, id).toMatch(/^\/internal\//);
    expect(access, id).toBe('service');
  }
});

test('every placeholder of a path has a schema, and every schema a placeholder', () => {
  for (const { id, path, params } of allOperations) {
    const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(Object.keys(params?.shape ?? {}).sort(), id).toEqual(placeholders);
  }
});

test('only what everybody may call ignores who calls', () => {
  for (const { id, access, ignoresToken } of allOperations) {
    if (ignoresToken) expect(access, id).toBe('public');
  }
});

test('a key is never asked of a safe method', () => {
  for (const { id, method, idempotency } of allOperations) {
    if (method === 'get') expect(idempotency, id).toBeUndefined();
  }
});

test('what may be shed is asked for again with its key, and says that it may be busy', () => {
  for (const { id, sheds, idempotency, refusals } of allOperations) {
    if (!sheds) continue;
    expect(idempotency, id).toBe('required');
    expect(refusals, id).toContain('busy');
  }
});

test('what streams is asked by GET, and answers no JSON', () => {
  for (const { id, method, streams, responses } of allOperations) {
    if (!streams) continue;
    expect(method, id).toBe('get');
    expect(responses, id).toEqual({ 200: { mediaType: expect.any(String) } });
  }
});
