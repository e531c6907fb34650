import type { Discovery } from '@guichet/discovery/discovery';
import { request } from 'undici';

export type ServiceHealth = { readonly name: string; readonly state: 'up' | 'draining' | 'down' };
export type AllHealth = { readonly status: 'up' | 'degraded'; readonly services: ServiceHealth[] };

async function stateOf(url: URL, timeoutMs: number): Promise<ServiceHealth['state']> {
  try {
    const { statusCode, body } = await request(new URL('/health/ready', url), {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    await body.dump();
    return statusCode === 200 ? 'up' : 'draining';
  } catch {
    return 'down';
  }
}

/**
 * One line a service: its name and state, and nothing that helps an attacker. Asked at most once a
 * second however many ask, so that watching the front door costs the services nothing.
 */
export function createAllHealth({
  names,
  management,
  timeoutMs = 1_000,
  now = Date.now,
}: {
  names: readonly string[];
  management: Discovery;
  timeoutMs?: number;
  now?: () => number;
}): () => Promise<AllHealth> {
  let last: { at: number; answer: Promise<AllHealth> } | undefined;

  async function ask(): Promise<AllHealth> {
    const services = await Promise.all(
      names.map(async (name) => {
        const states = await Promise.all(
          management.addresses(name).map((url) => stateOf(url, timeoutMs)),
        );
        const state = states.includes('up') ? 'up' : (states[0] ?? 'down');
        return { name, state } satisfies ServiceHealth;
      }),
    );
    return { status: services.every(({ state }) => state === 'up') ? 'up' : 'degraded', services };
  }

  return () => {
    if (!last || now() - last.at >= 1_000) last = { at: now(), answer: ask() };
    return last.answer;
  };
}
