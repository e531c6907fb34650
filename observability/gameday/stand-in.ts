import type { StandIn } from './ground.ts';

async function ask(url: URL, method: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    signal: AbortSignal.timeout(10_000),
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(
      `${url.href} answers ${answer.status}: ${text.slice(0, 200)}. Only a stand-in has faults.`,
    );
  }
  return text ? JSON.parse(text) : undefined;
}

/** A stand-in by where its faults are listed. */
export const standInAt =
  (faults: URL): StandIn =>
  async (fault) => {
    const { id } = (await ask(faults, 'POST', fault)) as { id: string };
    return () => ask(new URL(`${faults.href}/${id}`), 'DELETE');
  };
