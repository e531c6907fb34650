import { connectBus } from '@guichet/messaging/connect-bus';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import { poisoned as consumer, poisonMessage } from './poison-message.ts';
import { guestBuys } from './purchases.ts';
import { runParked } from './run-program.ts';
import type { World } from './world.ts';

/** Those whose parked messages the services count. */
const consumersOf = async ({ stack }: World): Promise<string[]> => {
  const pages = await Promise.all(
    Object.values(stack.stack.management).map(async (url) =>
      (await fetch(`${url}/metrics`)).text(),
    ),
  );
  const counted = /^guichet_messages_parked\{consumer="([^"]+)"/gm;
  return [...pages.join('\n').matchAll(counted)].map(([, name = '']) => name).sort();
};

export const everyConsumerIsListed = async (world: World): Promise<void> => {
  const { code, output } = await runParked(world);

  expect(code).toBe(0);
  const listed = output
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(listed).toEqual(await consumersOf(world));
  expect(listed).toContain(consumer);
};

export const poisonIsParked = async (world: World): Promise<void> => {
  const message = poisonMessage();
  const bus = await connectBus({
    url: world.stack.stack.backing.messages.url,
    logger: createLogger({ service: 'e2e', level: 'silent' }),
    metrics: createMetrics({ service: 'e2e' }),
  });
  await bus.publish(message).finally(() => bus.close());

  await guestBuys(world);
  const seen = await eventually(async () => {
    const shown = await runParked(world, { CONSUMER: consumer, SHOW: message.id });
    expect(shown.code).toBe(0);
    return JSON.parse(shown.output);
  });
  expect(seen).toMatchObject({ error: expect.stringContaining(message.subject), message });

  const discard = { CONSUMER: consumer, DISCARD: message.id, BY: 'e2e' };
  expect(await runParked(world, discard)).toMatchObject({ code: 2 });
  expect(await runParked(world, { ...discard, REASON: 'It was a test.' })).toEqual({
    code: 0,
    output: `${message.id} of ${consumer} is discarded.\n`,
  });
  expect(await runParked(world, { CONSUMER: consumer, SHOW: message.id })).toMatchObject({
    code: 3,
  });
};
