import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClient } from '@guichet/contracts/client';
import { quoteOffering } from '@guichet/contracts/quotes';
import { importSlots } from '@guichet/contracts/slots';
import type { Credentials } from '@guichet/local-stack/demo/sign-in';
import { addSlot, openSlot } from '@guichet/local-stack/e2e/organiser';
import type { Pool } from '@guichet/postgres/pool';
import type { Own } from './own-booking.ts';

/** What is sold in a scenario, with quotes that are good for ten minutes. */
export type Sale = {
  readonly offeringId: string;
  readonly slotIds: readonly string[];
  /** One quote a line. */
  readonly quotesFile: string;
  readonly quotes: number;
  readonly firstQuote: string;
};

const claimsOf = (quote: string) =>
  JSON.parse(Buffer.from(quote.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** What is put on sale, and sold beforehand. */
export function createSales({
  api,
  signIn,
  catalogUrl,
  pool,
  folder,
}: {
  api: Client;
  /** Anew for each sale: a run takes longer than an access token lives. */
  signIn: () => Promise<Credentials>;
  catalogUrl: string;
  /** Of reservation’s database, with a table `bench_quotes`. */
  pool: Pool;
  folder: string;
}) {
  const catalog = createClient({ baseUrl: catalogUrl, fetch });

  async function quotesFor(offeringId: string, slotIds: readonly string[]): Promise<string[]> {
    const quotes: string[] = [];
    while (quotes.length < slotIds.length) {
      const some = slotIds.slice(quotes.length, quotes.length + 50).map(async (slotId) => {
        const body = { slotId, party: { adult: 1 } };
        return (await catalog.call(quoteOffering, { params: { id: offeringId }, body })).quote;
      });
      quotes.push(...(await Promise.all(some)));
    }
    return quotes;
  }

  /** The quotes where wrk and pgbench find them. */
  async function keep(
    name: string,
    { offeringId, slotIds }: Pick<Sale, 'offeringId' | 'slotIds'>,
  ): Promise<Sale> {
    const quotes = await quotesFor(offeringId, slotIds);
    const quotesFile = join(folder, `${name}.quotes`);
    writeFileSync(quotesFile, `${quotes.join('\n')}\n`);
    await pool.query('truncate bench_quotes');
    await pool.query(
      `insert into bench_quotes
       select nth, quote from jsonb_array_elements($1::jsonb) with ordinality as one (quote, nth)`,
      [JSON.stringify(quotes.map(claimsOf))],
    );
    const [firstQuote = ''] = quotes;
    return { offeringId, slotIds, quotesFile, quotes: quotes.length, firstQuote };
  }

  return {
    /** One slot that everybody wants. */
    async hotSale(capacity: number): Promise<Sale> {
      const { offeringId, slotId } = await openSlot(api, await signIn(), { capacity });
      return keep('hot', { offeringId, slotIds: [slotId] });
    },

    /** So many slots of one offering, each with places enough. */
    async spreadSale(slots: number): Promise<Sale> {
      const staff = await signIn();
      const { offeringId } = await openSlot(api, staff, { capacity: 1 });
      const first = Date.now() + 30 * 86_400_000;
      const lines = Array.from({ length: slots }, (_, nth) => {
        const startsAt = new Date(first + nth * 60_000).toISOString();
        const endsAt = new Date(first + (nth + 60) * 60_000).toISOString();
        return `${startsAt},${endsAt},100000`;
      });
      const { slotIds } = await api.call(importSlots, {
        ...staff,
        query: { offeringId },
        body: new TextEncoder().encode(['starts_at,ends_at,capacity', ...lines].join('\n')),
        mediaType: 'text/csv',
      });
      return keep('spread', { offeringId, slotIds });
    },

    /** Another slot of a sale’s offering, that one buyer has for themselves. */
    async ownSlot({ offeringId }: Sale): Promise<Own> {
      const given = { capacity: 1_000_000, startsInHours: 24 * 40 };
      const { slotId } = await addSlot(api, await signIn(), { offeringId }, given);
      const [quote = ''] = await quotesFor(offeringId, [slotId]);
      return { offeringId, slotId, quote };
    },

    /** Sells so many places of the slot that was put on sale last, which are then paid. */
    async sell(count: number): Promise<void> {
      const atOnce = 200;
      for (let sold = 0; sold < count; sold += atOnce) {
        await pool.query(
          `select count(*) from place_bookings(
             (select jsonb_agg(jsonb_build_object(
                       'scope', 'sold', 'key', gen_random_uuid()::text, 'hash', 'h', 'tokenKey', 1,
                       'id', gen_random_uuid(), 'reference', left(md5(random()::text), 12),
                       'promise', 1, 'holdMs', 600000))
                from generate_series(1, $1)),
             (select jsonb_agg(jsonb_build_object(
                       'organiserId', quote -> 'org', 'offeringId', quote -> 'off',
                       'offeringVersion', quote -> 'ver', 'slotId', quote -> 'slot',
                       'places', quote -> 'places', 'totalCents', quote -> 'total',
                       'taxCents', quote -> 'tax', 'currency', quote -> 'cur', 'quote', quote))
                from bench_quotes where n = 1),
             interval '15 seconds')`,
          [Math.min(atOnce, count - sold)],
        );
      }
      await pool.query(`update bookings set status = 'CONFIRMED', paid_at = now()`);
      await pool.query('truncate outbox');
      await pool.query('vacuum analyze bookings');
    },
  };
}
