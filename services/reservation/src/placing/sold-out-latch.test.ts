import { expect, test, vi } from 'vitest';
import { createSoldOutLatch, type SlotRest } from './sold-out-latch.ts';

/** A slot as the database has it, and a clock that is set by hand. */
function aSlot(rest: Partial<SlotRest> = {}) {
  const slot = { slotId: 's', remaining: 0, lapsesInMs: null, ...rest } as SlotRest;
  const clock = { ms: 1_000_000 };
  const readSlots = vi.fn(async (slotIds: readonly string[]) =>
    slotIds.includes(slot.slotId) ? [{ ...slot }] : [],
  );
  return { slot, clock, readSlots, latch: createSoldOutLatch(readSlots, () => clock.ms) };
}

test('nobody is refused a slot that the database has not refused', async () => {
  const { latch, readSlots } = aSlot();

  expect(await latch.refuses('s', 1)).toBe(false);
  expect(readSlots).not.toHaveBeenCalled();
});

test('a crowd is refused by one reading, and by another a tenth of a second later', async () => {
  const { latch, readSlots, clock } = aSlot();
  latch.latch('s');

  const crowd = await Promise.all(Array.from({ length: 50 }, () => latch.refuses('s', 1)));
  expect(new Set(crowd)).toEqual(new Set([true]));
  expect(readSlots).toHaveBeenCalledTimes(1);

  clock.ms += 101;
  expect(await latch.refuses('s', 1)).toBe(true);
  expect(readSlots).toHaveBeenCalledTimes(2);
});

test('a party that is small enough is not refused, one that is not is', async () => {
  const { latch } = aSlot({ remaining: 2 });
  latch.latch('s');

  expect(await latch.refuses('s', 3)).toBe(true);
  expect(await latch.refuses('s', 2)).toBe(false);
});

test('places that were given back elsewhere are seen by the next reading', async () => {
  const { latch, slot, clock } = aSlot();
  latch.latch('s');
  expect(await latch.refuses('s', 1)).toBe(true);

  slot.remaining = 1;
  clock.ms += 101;

  expect(await latch.refuses('s', 1)).toBe(false);
});

test('when a hold lapses the database is asked again', async () => {
  const { latch, clock } = aSlot({ lapsesInMs: 50 });
  latch.latch('s');
  expect(await latch.refuses('s', 1)).toBe(true);

  clock.ms += 50;

  expect(await latch.refuses('s', 1)).toBe(false);
});

test('a slot that is not on sale any more is forgotten: the database says why', async () => {
  const { latch, slot, clock } = aSlot();
  latch.latch('s');
  expect(await latch.refuses('s', 1)).toBe(true);

  slot.slotId = 'another';
  clock.ms += 101;

  expect(await latch.refuses('s', 1)).toBe(false);
});

test('when it cannot be read, nobody is refused by memory', async () => {
  const { latch, readSlots } = aSlot();
  latch.latch('s');
  readSlots.mockRejectedValueOnce(new Error('no connection'));

  expect(await latch.refuses('s', 1)).toBe(false);
});

test('a slot that is latched while others are read is read itself before anybody is refused', async () => {
  const rests: Record<string, SlotRest> = {
    s: { slotId: 's', remaining: 0, lapsesInMs: null },
    t: { slotId: 't', remaining: 4, lapsesInMs: null },
  };
  const latch = createSoldOutLatch(async (slotIds) =>
    slotIds.flatMap((slotId) => rests[slotId] ?? []),
  );
  latch.latch('s');
  const first = latch.refuses('s', 1);
  latch.latch('t');

  expect(await latch.refuses('t', 1)).toBe(false);
  expect(await first).toBe(true);
});

/** Readings in which every slot is sold out. */
const allSoldOut = () =>
  vi.fn(async (slotIds: readonly string[]) =>
    slotIds.map((slotId) => ({ slotId, remaining: 0, lapsesInMs: null })),
  );

test('a slot that nobody asks for any more is not read again, nor remembered', async () => {
  const readSlots = allSoldOut();
  const clock = { ms: 1_000_000 };
  const latch = createSoldOutLatch(readSlots, () => clock.ms);
  latch.latch('s');
  latch.latch('quiet');
  await latch.refuses('s', 1);
  expect(readSlots).toHaveBeenLastCalledWith(['s', 'quiet']);

  clock.ms += 9_000;
  await latch.refuses('s', 1);
  expect(readSlots).toHaveBeenLastCalledWith(['s', 'quiet']);
  clock.ms += 2_000;
  expect(await latch.refuses('s', 1)).toBe(true);

  expect(readSlots).toHaveBeenLastCalledWith(['s']);
});

test('a thousand slots are remembered, and of more than these the latest', async () => {
  const readSlots = allSoldOut();
  const latch = createSoldOutLatch(readSlots);
  for (let nth = 0; nth < 1_500; nth += 1) latch.latch(`slot-${nth}`);

  expect(await latch.refuses('slot-499', 1)).toBe(false);
  expect(await latch.refuses('slot-500', 1)).toBe(true);
  expect(readSlots.mock.lastCall?.[0]).toHaveLength(1_000);
});
