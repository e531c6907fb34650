import { setTimeout as sleep } from 'node:timers/promises';
import { openRoom } from '@guichet/contracts/waiting-rooms';
import type { Placed } from '@guichet/local-stack/e2e/guest';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import { startWorld, type World } from '@guichet/local-stack/e2e/world';
import { type Span, startSpanReceiver } from './span-receiver.ts';

/** Ten times as long as any of them is kept back. */
const quietMs = 2_000;

export type Purchase = {
  world: World;
  placed: Placed;
  /** All that services have told of, and what is still to come. */
  spans: readonly Span[];
  end(): Promise<void>;
};

/** They are sent by their processes one after the other, each soon after it has ended. */
async function untilQuiet(spans: readonly Span[]): Promise<void> {
  for (let seen = -1; seen < spans.length; ) {
    seen = spans.length;
    await sleep(quietMs);
  }
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** A waiting room in front of another offering: of rooms, too, everything is told. */
async function openRoomFor({ api, staff }: World): Promise<void> {
  const { offeringId } = await openSlot(api, staff, { capacity: 10 });
  await api.call(openRoom, {
    ...staff,
    body: {
      offeringId,
      ...{ opensAt: inHours(1), saleAt: inHours(2), closesAt: inHours(3) },
      ...{ order: 'first_come', expectedBuyers: 10 },
    },
  });
}

/** A whole stack in which somebody buys a place and has the e-mail, with all that it emits kept. */
export async function purchase(
  messages: 'rabbit' | 'postgres',
  env: Record<string, string> = {},
): Promise<Purchase> {
  const receiver = await startSpanReceiver();
  const telling = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    // Soon, since somebody waits for them.
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  const world = await startWorld({ messages, https: false, env: { ...telling, ...env } });
  const { api, staff, guest } = world;
  // Read to its end, or the request is still under way.
  await (await fetch(world.stack.stack.gateway)).text();
  const slot = await openSlot(api, staff, { capacity: 10 });
  await openRoomFor(world);
  const placed = await guest.place(await guest.quote(slot, { adult: 1 }));
  const { clientSecret } = await guest.beginCard(placed);
  await guest.confirm(clientSecret);
  await guest.until(placed, 'CONFIRMED');
  await guest.mails(placed.email, 2);
  const { spans } = receiver;
  await untilQuiet(spans);
  return {
    world,
    placed,
    spans,
    async end() {
      await world.end();
      await receiver.close();
    },
  };
}
