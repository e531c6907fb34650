import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@guichet/contracts/client';
import { quoteOffering } from '@guichet/contracts/quotes';
import { importSlots } from '@guichet/contracts/slots';
import type { Credentials } from '@guichet/local-stack/demo/sign-in';
import { addSlot, openSlot, signInStaff } from '@guichet/local-stack/e2e/organiser';
import { startOwnStack } from '@guichet/local-stack/e2e/own-stack';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { managementOffset } from '@guichet/local-stack/stack/ports';
import { runNode, untilReady } from '@guichet/local-stack/stack/processes';
import { createPool, type Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { cpuMicros } from './cpu.ts';
import type { Own } from './own-booking.ts';

/** What is sold in a scenario, with quotes that are good for ten minutes. */
export type Sale = {
  readonly offeringId: string;
  readonly slotIds: readonly string[];
  /** One quote a line. */
  readonly quotesFile: string;
  readonly quotes: number;
};

export type Lab = Awaited<ReturnType<typeof openLab>>;

const claimsOf = (quote: string) =>
  JSON.parse(Buffer.from(quote.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** What a process was started with. */
const environmentOf = (pid: number): Record<string, string> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
  );

/** Without these a commit that is answered can be lost, and every figure means nothing. */
async function assertDurable(pool: Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'server_version')`,
  );
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (settings[name] !== 'on') throw new Error(`PostgreSQL’s ${name} is ${settings[name]}.`);
  }
  return settings;
}

async function startNoop() {
  const port = await freePorts(1);
  const running = runNode({
    name: 'noop',
    args: [join(import.meta.dirname, 'noop.ts')],
    cwd: import.meta.dirname,
    env: { PORT: String(port), NODE_ENV: 'production' },
    logs: () => {},
  });
  const url = new URL(`http://127.0.0.1:${port}/api/bookings`);
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (tries === 100) throw new Error('The no-op server does not start.');
    await sleep(50);
  }
  return { url, running };
}

/** A whole stack with a durable PostgreSQL, a server that does nothing, and ways to sell. */
export async function openLab() {
  const own = await startOwnStack({
    messages: 'rabbit',
    https: false,
    env: {
      IMPORT_MOST_SLOTS: '10000',
      REQUESTS_PER_SECOND: '1000000',
      // What tracing costs is another scenario’s.
      OTEL_SDK_DISABLED: 'true',
    },
  });
  const { stack, processes } = own.stack;
  const noop = await startNoop();
  const api: Client = createClient({ baseUrl: stack.gateway, fetch });
  const staff: Credentials = await signInStaff(api, stack.accounts.admin);
  const databaseUrl = new URL(own.postgres.url);
  databaseUrl.pathname = '/guichet_reservation';
  const pool = createPool({ url: databaseUrl.href, applicationName: 'bench', max: 4 });
  const settings = await assertDurable(pool);
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  const pidOf = (name: string) => processes.get(name)?.process.pid ?? 0;
  const { rows } = await pool.query('select pg_backend_pid() as pid');
  const postmaster = Number(
    /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${rows[0].pid}/status`, 'utf8'))?.[1],
  );
  await pool.query('create table if not exists bench_quotes (n integer primary key, quote jsonb)');

  /** The port of a service itself, past the gateway. */
  const direct = (service: string, path: string) => {
    const url = new URL(path, stack.management[service]);
    url.port = String(Number(url.port) - managementOffset);
    return url;
  };

  async function quotesFor(offeringId: string, slotIds: readonly string[], parties: number[]) {
    const quotes: string[] = [];
    const catalog = createClient({ baseUrl: direct('catalog', '').origin, fetch });
    const wanted = slotIds.flatMap((slotId) => parties.map((adult) => ({ slotId, adult })));
    while (quotes.length < wanted.length) {
      const some = wanted
        .slice(quotes.length, quotes.length + 50)
        .map(async ({ slotId, adult }) => {
          const body = { slotId, party: { adult } };
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
    quotes: readonly string[],
  ): Promise<Sale> {
    const quotesFile = join(folder, `${name}.quotes`);
    writeFileSync(quotesFile, `${quotes.join('\n')}\n`);
    await pool.query('truncate bench_quotes');
    await pool.query(
      `insert into bench_quotes
       select nth, quote from jsonb_array_elements($1::jsonb) with ordinality as one (quote, nth)`,
      [JSON.stringify(quotes.map(claimsOf))],
    );
    return { offeringId, slotIds, quotesFile, quotes: quotes.length };
  }

  const further: { url: URL; running: ReturnType<typeof runNode> }[] = [];

  return {
    pool,
    /** reservation itself, past the gateway. */
    reservation: createClient({ baseUrl: direct('reservation', '').origin, fetch }),
    folder,
    settings,
    databaseUrl: databaseUrl.href,
    noopUrl: noop.url,
    bookingsUrl: direct('reservation', '/api/bookings'),
    /** CPU of each process, in microseconds since it began. */
    cpu: (): Record<string, number> => ({
      reservation: [pidOf('reservation'), ...further.map(({ running }) => running.process.pid)]
        .map((pid) => cpuMicros(pid ?? 0))
        .reduce((sum, micros) => sum + micros, 0),
      postgres: cpuMicros(postmaster),
      noop: cpuMicros(noop.running.process.pid ?? 0),
    }),

    /** One slot that everybody wants. */
    async hotSale(capacity: number): Promise<Sale> {
      const slot = await openSlot(api, staff, { capacity });
      const quotes = await quotesFor(slot.offeringId, [slot.slotId], [1]);
      const { offeringId, slotId } = slot;
      return keep('hot', { offeringId, slotIds: [slotId] }, quotes);
    },

    /** So many slots of one offering, each with places enough. */
    async spreadSale(slots: number): Promise<Sale> {
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
      return keep('spread', { offeringId, slotIds }, await quotesFor(offeringId, slotIds, [1]));
    },

    /** Another slot of a sale’s offering, that one buyer has for themselves. */
    async ownSlot({ offeringId }: Sale): Promise<Own> {
      const { slotId } = await addSlot(
        api,
        staff,
        { offeringId },
        {
          capacity: 1_000_000,
          startsInHours: 24 * 40,
        },
      );
      const [quote = ''] = await quotesFor(offeringId, [slotId], [1]);
      return { offeringId, slotId, quote };
    },

    /** Sells so many places of a hot slot, which are then paid. */
    async sell(count: number): Promise<void> {
      const atOnce = 200;
      for (let sold = 0; sold < count; sold += atOnce) {
        await pool.query(
          `select count(*) from place_bookings((
             select jsonb_agg(jsonb_build_object(
                      'scope', 'sold', 'key', gen_random_uuid()::text, 'hash', 'h', 'tokenKey', 1,
                      'id', gen_random_uuid(), 'reference', left(md5(random()::text), 12),
                      'organiserId', quote -> 'org', 'offeringId', quote -> 'off',
                      'offeringVersion', quote -> 'ver', 'slotId', quote -> 'slot',
                      'places', quote -> 'places', 'totalCents', quote -> 'total',
                      'taxCents', quote -> 'tax', 'currency', quote -> 'cur',
                      'quote', quote, 'holdMs', 600000))
               from bench_quotes, generate_series(1, $1) where n = 1), interval '15 seconds')`,
          [Math.min(atOnce, count - sold)],
        );
      }
      await pool.query(`update bookings set status = 'CONFIRMED'`);
      await pool.query('truncate outbox');
      await pool.query('vacuum analyze bookings');
    },

    /** Further processes of reservation beside the first, as replicas are; answers all their doors. */
    async replicas(count: number): Promise<URL[]> {
      const first = direct('reservation', '/api/bookings');
      while (further.length < count - 1) {
        const port = await freePorts(managementOffset + 1);
        const running = runNode({
          name: `reservation-${further.length + 2}`,
          args: ['--import', '@guichet/telemetry/register', 'src/main.ts'],
          cwd: join(import.meta.dirname, '../../services/reservation'),
          env: {
            ...environmentOf(pidOf('reservation')),
            PORT: String(port),
            MANAGEMENT_PORT: String(port + managementOffset),
          },
          logs: () => {},
        });
        await untilReady(running, `http://127.0.0.1:${port + managementOffset}/health/ready`);
        further.push({ url: new URL(`http://127.0.0.1:${port}/api/bookings`), running });
      }
      return [first, ...further.slice(0, count - 1).map(({ url }) => url)];
    },

    /** As if nothing had been sold, and nothing were left to tidy. */
    async reset(): Promise<void> {
      // At once, or what a load left under way would be counted without its booking. The tables in
      // the order that a booking takes them; again, where the sweeper has another.
      await inTransaction(pool, async (tx) => {
        await tx.query('lock table booking_keys, slots, bookings, outbox');
        await tx.query('truncate booking_keys, bookings, outbox cascade');
        await tx.query('update slots set taken = 0 where taken > 0');
      });
      await pool.query('vacuum analyze slots');
      await pool.query('checkpoint');
    },

    async close(): Promise<void> {
      await pool.end();
      await Promise.all(further.map(({ running }) => running.stop(20_000)));
      await noop.running.stop(5_000);
      await own.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
