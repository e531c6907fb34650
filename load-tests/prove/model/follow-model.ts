import assert from 'node:assert/strict';
import { addSlot, openSlot } from '@guichet/local-stack/e2e/organiser';
import type { World } from '@guichet/local-stack/e2e/world';
import fc from 'fast-check';
import { createModel, type Model, type Said } from './model.ts';
import { createReal, type Real } from './real.ts';

type Command = fc.AsyncCommand<Model, Real>;

const capacity = 8;
/** Failing runs are made smaller for so long, and no longer. */
const mostMs = 120_000;

const answers = (expected: Said, actual: string) =>
  assert.ok(
    expected === 'ok' ? actual === 'ok' : expected.includes(actual),
    `${actual} was answered, where the model says ${expected}`,
  );

/** Something done to one of the bookings, whichever there are by then. */
const onBooking = (
  name: string,
  act: (model: Model, real: Real, nth: number) => Promise<void>,
  isPossible: (model: Model, nth: number) => boolean = () => true,
) =>
  fc.nat({ max: 20 }).map((chosen): Command => {
    const pick = (model: Model) => chosen % Math.max(1, model.bookings.length);
    return {
      check: (model) => model.bookings.length > 0 && isPossible(model, pick(model)),
      async run(model, real) {
        const nth = pick(model);
        await act(model, real, nth);
        assert.equal(await real.status(nth), model.bookings[nth]?.status);
      },
      toString: () => `${name}(${chosen})`,
    };
  });

const place = fc.integer({ min: 1, max: 4 }).map(
  (places): Command => ({
    check: () => true,
    async run(model, real) {
      const expected = model.place(places);
      answers(expected, await real.place(places, String(expected)));
      assert.equal(await real.remaining(), model.remaining());
    },
    toString: () => `place(${places})`,
  }),
);

const pay = (name: string, isGood: boolean) =>
  onBooking(
    name,
    async (model, real, nth) => answers(model.pay(nth, isGood), await real.pay(nth, isGood)),
    (model, nth) => model.bookings[nth]?.began === true,
  );

const commands = fc.commands<Model, Real, false>(
  [
    place,
    place,
    onBooking('extend', async (model, real, nth) =>
      answers(model.extend(nth), await real.extend(nth)),
    ),
    onBooking('begin', async (model, real, nth) =>
      answers(model.begin(nth), await real.begin(nth)),
    ),
    pay('pay', true),
    pay('payDeclined', false),
    onBooking('cancel', async (model, real, nth) => {
      answers(model.cancel(nth), await real.cancel(nth));
      assert.equal(await real.remaining(), model.remaining());
    }),
  ],
  { maxCommands: 30, size: '+1' },
);

/** Lets chance drive model and house side by side; throws where they part, with how to come there again. */
export async function followModel(world: World, seed: number, runs: number): Promise<void> {
  const { api, staff } = world;
  const offering = await openSlot(api, staff, { capacity });
  await fc.assert(
    fc.asyncProperty(commands, async (chosen) => {
      const slot = await addSlot(api, staff, offering, { capacity, startsInHours: 24 * 30 });
      const real = createReal(world, slot);
      await fc
        .asyncModelRun(() => ({ model: createModel(capacity), real }), chosen)
        .finally(() => real.leave());
    }),
    { seed, numRuns: runs, interruptAfterTimeLimit: mostMs },
  );
}
