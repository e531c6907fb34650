import { Pool } from 'undici';

export type Answered = {
  readonly status: number;
  /** Of a problem. */
  readonly code: string | undefined;
  readonly body: Record<string, unknown>;
};

type Asking = {
  readonly name: string;
  readonly from: string;
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** As many connections as a gateway has of a crowd behind its front door. */
const connections = 128;

/**
 * Asks the gateway as the front door does, which says where a request comes from, and counts what it
 * answers by what was asked. What has no answer is thrown.
 */
export function createDoor(gateway: string) {
  const pool = new Pool(gateway, { connections, pipelining: 1 });
  const counts = new Map<string, number>();
  const took = new Map<string, number[]>();

  return {
    /** How often what was answered to what: `join 201`, `book 403 admission_required`. */
    counts: counts as ReadonlyMap<string, number>,
    /** How long each answer to what was asked took, in milliseconds. */
    took: took as ReadonlyMap<string, readonly number[]>,

    async ask({ name, from, method = 'GET', path, body, headers = {} }: Asking): Promise<Answered> {
      const began = performance.now();
      const response = await pool.request({
        method,
        path,
        headers: {
          'x-forwarded-for': from,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await response.body.text();
      const times = took.get(name);
      if (times) times.push(performance.now() - began);
      else took.set(name, [performance.now() - began]);
      const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const code = response.statusCode >= 400 ? String(parsed.code) : undefined;
      const what = [name, response.statusCode, code].filter(Boolean).join(' ');
      counts.set(what, (counts.get(what) ?? 0) + 1);
      return { status: response.statusCode, code, body: parsed };
    },

    close: () => pool.close(),
  };
}
export type Door = ReturnType<typeof createDoor>;
