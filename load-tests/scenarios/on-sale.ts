import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { faultsOfSoldOut } from '../buying/books.ts';
import { place, quote } from '../buying/buyer.ts';
import { goIn, joinLineOf } from '../buying/line.ts';
import { closeRoomOf, openRoomFor, signIn } from '../buying/organiser.ts';
import { optionsOf, settingsOf } from '../buying/plans.ts';
import { closeSale, openSale, type Sale, slotOf } from '../buying/sale.ts';

/** Far more people than places, in a line: who came first is served, and nobody is refused for the crowd. */
export const options = optionsOf('on-sale', __ENV);

const settings = settingsOf('on-sale', __ENV);
const firstServed = new Counter('first_served');

type Waited = Sale & { readonly roomId: string };

export function setup(): Waited {
  const sale = openSale(settings.capacity, 1, settings.seconds * 1_000);
  const { id: roomId } = openRoomFor(signIn(), slotOf(sale).offeringId, {
    saleAt: sale.opensAt,
    expectedBuyers: settings.buyers,
  });
  return { ...sale, roomId };
}

export function teardown(sale: Waited): void {
  closeRoomOf(signIn(), sale.roomId);
  closeSale(sale, faultsOfSoldOut);
}

const secondsUntil = (ms: number) => Math.max(0, (ms - Date.now()) / 1_000);
/** Of the time before the hour; the rest of it everybody waits. */
const comingPart = 0.7;

/** Comes in the order of k6's own numbers, waits, and takes a place when called. */
export function standInLine(sale: Waited): void {
  const slot = slotOf(sale);
  const nth = exec.vu.idInTest;
  sleep(secondsUntil(sale.opensAt) * comingPart * (nth / settings.buyers));
  const turn = joinLineOf(slot.offeringId);
  const admission = turn && goIn(turn);
  if (!admission) return;
  const quoted = quote(slot, 1, admission);
  if (quoted && place(quoted, admission) && nth <= sale.capacity) firstServed.add(1);
}
