import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@guichet/contracts/client';
import { signInStaff } from '@guichet/local-stack/e2e/organiser';
import { startOwnStack } from '@guichet/local-stack/e2e/own-stack';
import { managementOffset } from '@guichet/local-stack/stack/ports';
import { createPool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { createBeside } from './beside.ts';
import { assertDurable } from './durable.ts';
import { startNoop } from './noop-server.ts';
import { cpuByName, readStats } from './processes.ts';
import { createSales } from './sales.ts';
import { writeTokens } from './tokens.ts';

export type Lab = Awaited<ReturnType<typeof openLab>>;

/** A whole stack with a durable PostgreSQL, a server that does nothing, and ways to sell. */
export async function openLab() {
  const own = await startOwnStack({
    messages: 'rabbit',
    https: false,
    env: {
      // As in an image: without it the e-mails are drawn by React’s own checks, too.
      NODE_ENV: 'production',
      IMPORT_MOST_SLOTS: '10000',
      REQUESTS_PER_SECOND: '1000000',
      // What tracing costs is another scenario’s.
      OTEL_SDK_DISABLED: 'true',
    },
  });
  const { stack, processes, secrets } = own.stack;
  const noop = await startNoop();
  const api: Client = createClient({ baseUrl: stack.gateway, fetch });
  const signIn = () => signInStaff(api, stack.accounts.admin);
  const databaseOf = (service: string) => {
    const url = new URL(own.postgres.url);
    url.pathname = `/guichet_${service}`;
    return url.href;
  };
  const pool = createPool({
    url: databaseOf('reservation'),
    applicationName: 'bench',
    max: 4,
  });
  const settings = await assertDurable(pool);
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  await pool.query('create table if not exists bench_quotes (n integer primary key, quote jsonb)');

  /** The port of a service itself, past the gateway. */
  const direct = (service: string, path: string) => {
    const url = new URL(path, stack.management[service]);
    url.port = String(Number(url.port) - managementOffset);
    return url;
  };
  const beside = createBeside(processes);
  const names = () => {
    const known = [...processes].map(([name, { process }]) => [process.pid, name] as const);
    const others = [...beside.started].map(
      ({ service, running }) => [running.process.pid, service] as const,
    );
    const all = [...known, ...others, [noop.running.process.pid, 'no-op'] as const];
    return new Map(all.flatMap(([pid, name]) => (pid === undefined ? [] : [[pid, name]])));
  };

  return {
    ...createSales({ api, signIn, catalogUrl: direct('catalog', '').origin, pool, folder }),
    api,
    signIn,
    pool,
    stack,
    databaseOf,
    /** RabbitMQ’s management API is one port above AMQP’s. */
    rabbitUrl: own.rabbit?.url ?? '',
    /** reservation itself, past the gateway. */
    reservation: createClient({ baseUrl: direct('reservation', '').origin, fetch }),
    folder,
    settings,
    databaseUrl: databaseOf('reservation'),
    noopUrl: noop.url,
    bookingsUrl: direct('reservation', '/api/bookings'),
    beside,

    /** CPU of each process, in microseconds since it began. */
    cpu: () => cpuByName(readStats(), { root: process.pid, names: names() }),

    /** Access tokens of so many customers: the file that has one a line. */
    tokens: (customers: number): Promise<string> =>
      writeTokens(customers, {
        databaseUrl: databaseOf('identity'),
        sealingKey: secrets.identitySealingKey,
        issuer: stack.gateway,
        folder,
      }),

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
      await beside.endAll();
      await noop.running.stop(5_000);
      await own.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
