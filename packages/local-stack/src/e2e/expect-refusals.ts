import { expect } from 'vitest';
import type { World } from './world.ts';

export type Asked = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
};
type Refused = readonly [what: string, asked: Asked, status: number, code: string];

const json = { 'content-type': 'application/json' };

/** Sends what no typed client would. A string is sent as it is. */
const ask = async ({ stack }: World, { method, path, headers = {}, body }: Asked) => {
  const answer = await fetch(new URL(path, stack.stack.gateway), {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const problem = (await answer.json()) as { code?: string; status?: number };
  return {
    type: answer.headers.get('content-type')?.split(';')[0],
    status: answer.status,
    code: problem.code,
  };
};

/** Every one must be refused by a problem with this status and code. */
export const expectRefusals = async (world: World, refusals: readonly Refused[]): Promise<void> => {
  const answers = await Promise.all(
    refusals.map(async ([what, asked]) => ({ what, ...(await ask(world, asked)) })),
  );
  expect(answers).toEqual(
    refusals.map(([what, , status, code]) => ({
      what,
      type: 'application/problem+json',
      status,
      code,
    })),
  );
};
