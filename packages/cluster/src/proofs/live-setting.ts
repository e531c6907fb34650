import { expect } from 'vitest';
import { installGuichet } from '../deploy/install.ts';
import { eventually } from './eventually.ts';
import { podsOf } from './pods.ts';
import type { World } from './world.ts';

const burst = 40;

/** How many of a few requests at once are told that they are too many. */
async function refusedOf(requests: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: requests }, async () => {
      const answer = await fetch('http://127.0.0.1:31080/api/offerings?limit=1');
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  return answers.filter((status) => status === 429).length;
}

/** A limit that is changed by an upgrade bites in the pods that are there: none is replaced. */
export async function followsALiveSetting({ cluster }: World, tag: string): Promise<void> {
  const { tools } = cluster;
  const before = await podsOf(tools, 'gateway');
  expect(await refusedOf(burst)).toBe(0);

  await installGuichet(cluster, tag, ['--set', 'services.gateway.settings.REQUESTS_PER_SECOND=5']);

  await eventually(async () => expect(await refusedOf(burst)).toBeGreaterThan(burst / 2));
  expect(await podsOf(tools, 'gateway')).toEqual(before);
  // Who comes next is let in, though pods read only within a minute that the limit is gone.
  await installGuichet(cluster, tag);
  await eventually(async () => expect(await refusedOf(1)).toBe(0));
}
