import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@guichet/contracts/client';
import { startWorld, type World } from '@guichet/local-stack/e2e/world';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { managementOffset } from '@guichet/local-stack/stack/ports';
import { createPool, type Pool } from '@guichet/postgres/pool';
import { type FaultProxy, startFaultProxy } from '@guichet/testing/fault-proxy';
import { createReplica, type Replica } from '../replica.ts';

/** Holds that lapse while somebody waits; whoever pays is granted as little. */
const shortHolds = {
  HOLD_MS: '4000',
  HOLD_GRACE_MS: '500',
  EXTENSION_MS: '3000',
  PAYMENT_GRANT_MS: '5000',
  LONGEST_HOLD_MS: '20000',
  OFFER_MS: '3000',
};

/** Limits that buyers never meet, and a reconciliation that can be waited for. */
const env = {
  REQUESTS_PER_SECOND: '1000000',
  SIGN_INS_PER_MINUTE: '1000',
  RECONCILE_MS: '2000',
  STUCK_AFTER_MS: '5000',
  LOG_LEVEL: 'warn',
  // Batches of spans would only slow it down; what they cost is another test’s.
  OTEL_SDK_DISABLED: 'true',
};

const failpointsModule = fileURLToPath(import.meta.resolve('@guichet/testing/failpoints'));
const shiftedClock = fileURLToPath(import.meta.resolve('./shifted-clock.ts'));

export type House = {
  readonly world: World;
  /** The tables of reservation, past the fault proxy. */
  readonly pool: Pool;
  /** The tables of notification. */
  readonly mails: Pool;
  /** Between the replicas of reservation and PostgreSQL. */
  readonly proxy: FaultProxy;
  readonly replicas: readonly [Replica, Replica];
  /** A file of a step's name here ends the first replica that comes to that step. */
  readonly failpoints: string;
  /** Where buyers ask: the gateway, and each replica itself. */
  readonly doors: readonly Client[];
  end(): Promise<void>;
};

/** What a process was started with. */
function environmentOf(pid: number | undefined): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** A whole stack with its demo, holds as long as anywhere. */
export const openWorld = (): Promise<World> =>
  startWorld({ messages: 'rabbit', https: false, env });

const databaseOf = (world: World, name: string): string => {
  const url = new URL(world.postgres.url);
  url.pathname = `/guichet_${name}`;
  return url.href;
};

/**
 * In place of its one reservation, two that sell at once, behind a proxy that can spoil what they
 * say to PostgreSQL. The second one's clock differs by `clockMs` from that of everybody else.
 */
export async function openHouse(world: World, clockMs: number): Promise<House> {
  const { stack } = world;
  const failpoints = mkdtempSync(join(tmpdir(), 'guichet-prove-'));
  const proxy = await startFaultProxy(world.postgres.url);
  const given = environmentOf(stack.processes.get('reservation')?.process.pid);
  const services = environmentOf(stack.processes.get('gateway')?.process.pid).SERVICES ?? '';
  await stack.processes.get('reservation')?.stop(20_000);

  const ports = [Number(given.PORT), await freePorts(managementOffset + 1)] as const;
  const replicaAt = (port: number, nth: number) =>
    createReplica({
      name: `reservation-${nth}`,
      port,
      cwd: join(import.meta.dirname, '../../services/reservation'),
      env: {
        ...given,
        ...shortHolds,
        GUICHET_FAILPOINT_FOLDER: failpoints,
        NODE_OPTIONS: `--import ${failpointsModule} --import ${shiftedClock}`,
        PROVE_CLOCK_SHIFT_MS: String(nth === 1 ? 0 : clockMs),
        DATABASE_URL: proxy.through(given.DATABASE_URL ?? ''),
        PORT: String(port),
        MANAGEMENT_PORT: String(port + managementOffset),
      },
    });
  const replicas = [replicaAt(ports[0], 1), replicaAt(ports[1], 2)] as const;
  await Promise.all(replicas.map((replica) => replica.start()));

  const urls = replicas.map(({ url }) => url);
  const SERVICES = services.replace(/reservation=[^,]+/, `reservation=${urls.join('|')}`);
  await Promise.all(['gateway', 'payment'].map((name) => stack.restart(name, { SERVICES })));
  const poolOf = (name: string) =>
    createPool({ url: databaseOf(world, name), applicationName: 'prove', max: 4 });
  const [pool, mails] = [poolOf('reservation'), poolOf('notification')];

  return {
    world,
    pool,
    mails,
    proxy,
    replicas,
    failpoints,
    doors: [world.api, ...urls.map((baseUrl) => createClient({ baseUrl }))],
    async end() {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await Promise.all([pool.end(), mails.end()]);
      await proxy.close();
      rmSync(failpoints, { recursive: true });
    },
  };
}
