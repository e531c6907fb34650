import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticate, confirmCard } from '@guichet/local-stack/buy/stripe-card';
import type { Stack } from '@guichet/local-stack/stack/describe-stack';
import type { Door } from '../door.ts';
import type { Sale } from '../sale.ts';
import type { Person } from './person.ts';

/** What somebody can do at the door, each of it one request, or few. */
export function createWalk({ door, stack, sale }: { door: Door; stack: Stack; sale: Sale }) {
  const { offeringId, slotId, room } = sale;
  const line = `/api/waiting-rooms/${room.id}`;
  const held = (turn: string) => ({ 'x-turn': turn });
  const admitted = (admission: string | undefined): Record<string, string> =>
    admission === undefined ? {} : { 'x-admission': admission };

  return {
    loadPage: ({ address: from }: Person) =>
      door.ask({ name: 'load', from, path: `/api/offerings/${offeringId}/waiting-room` }),

    join: ({ address: from }: Person, visit: string, name = 'join') =>
      door.ask({ name, from, method: 'POST', path: `${line}/turns`, body: { visit } }),

    look: ({ address: from }: Person) => door.ask({ name: 'look', from, path: `${line}/line` }),

    showTurn: ({ address: from }: Person, turn: string, name = 'turn') =>
      door.ask({ name, from, path: `${line}/turn`, headers: held(turn) }),

    goIn: ({ address: from }: Person, turn: string, name = 'go in') =>
      door.ask({ name, from, method: 'POST', path: `${line}/admissions`, headers: held(turn) }),

    choose: ({ address: from, places }: Person, admission?: string, name = 'choose') =>
      door.ask({
        name,
        from,
        method: 'POST',
        path: `/api/offerings/${offeringId}/quotes`,
        body: { slotId, party: { adult: places } },
        headers: admitted(admission),
      }),

    book: (
      { address: from, nth }: Person,
      quote: string,
      admission?: string,
      { name = 'book', key = randomUUID() }: { name?: string; key?: string } = {},
    ) =>
      door.ask({
        name,
        from,
        method: 'POST',
        path: '/api/bookings',
        body: {
          quote,
          contact: {
            email: `person.${nth}@example.com`,
            firstName: 'Ada',
            lastName: 'Lovelace',
            language: 'en',
          },
        },
        headers: { ...admitted(admission), 'idempotency-key': key },
      }),

    /** By a good card; answers when the booking is confirmed, or will not be. */
    async pay(
      { address: from }: Person,
      { id, manageToken }: { id: string; manageToken: string },
    ): Promise<boolean> {
      const headers = { 'x-manage-token': manageToken, 'idempotency-key': randomUUID() };
      const begun = await door.ask({
        name: 'pay',
        from,
        method: 'POST',
        path: '/api/payments',
        body: { bookingId: id, method: 'card' },
        headers,
      });
      if (begun.status !== 201 && begun.status !== 200) return false;
      const clientSecret = String(begun.body.clientSecret);
      const card = '4242424242424242';
      const given = await confirmCard(stack, fetch, { clientSecret, card });
      if (given.outcome === 'authentication') await authenticate(fetch, given.url);
      for (let looks = 0; looks < 60; looks += 1) {
        const path = `/api/bookings/${id}`;
        const seen = await door.ask({ name: 'booking', from, path, headers });
        if (seen.body.status !== 'PENDING') return seen.body.status === 'CONFIRMED';
        await sleep(1_000);
      }
      return false;
    },
  };
}
export type Walk = ReturnType<typeof createWalk>;
