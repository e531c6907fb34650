import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@guichet/contracts/client';
import { startWorld, type World } from '@guichet/local-stack/e2e/world';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { findValkey, startValkey } from '@guichet/local-stack/providers/valkey';
import { managementOffset } from '@guichet/local-stack/stack/ports';
import { createPool, type Pool } from '@guichet/postgres/pool';
import { cpuByName, readStats } from '../bench/processes.ts';
import { createReplica, type Replica } from '../replica.ts';

/** Holds that lapse while others still wait for what they hold. */
const env = {
  NODE_ENV: 'production',
  HOLD_MS: '15000',
  HOLD_GRACE_MS: '1000',
  PAYMENT_GRANT_MS: '60000',
  // The front door of this house is us, who say where each request comes from.
  TRUSTED_PROXIES: '127.0.0.1/32',
  LOG_LEVEL: 'warn',
  OTEL_SDK_DISABLED: 'true',
};

/** A server that is stopped and comes back, with nothing of what it had. */
export type Forgetful = { stop(): Promise<void>; start(): Promise<void> };

export type House = {
  readonly world: World;
  readonly api: Client;
  readonly gateway: string;
  readonly room: readonly [Replica, Replica];
  readonly valkey: Forgetful;
  /** The tables of reservation, and those of the waiting room. */
  readonly sold: Pool;
  readonly lines: Pool;
  /** Microseconds of CPU that each process has used since it began. */
  cpu(): Record<string, number>;
  end(): Promise<void>;
};

function environmentOf(pid: number | undefined): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

async function startForgetful(folder: string) {
  const program = await findValkey();
  if (!program) throw new Error('Valkey is missing: apt-get install redis-server, or valkey.');
  const port = await freePorts(1);
  const launch = () => startValkey({ program, port, folder });
  let running = await launch();
  return {
    url: running.url,
    stop: () => running.stop(),
    async start() {
      running = await launch();
    },
  };
}

/** In place of the one waiting room of the stack, two: each can be lost. */
async function twoRooms(world: World): Promise<readonly [Replica, Replica]> {
  const { stack } = world;
  const given = environmentOf(stack.processes.get('waiting-room')?.process.pid);
  const services = environmentOf(stack.processes.get('gateway')?.process.pid).SERVICES ?? '';
  await stack.processes.get('waiting-room')?.stop(20_000);
  const ports = [Number(given.PORT), await freePorts(managementOffset + 1)] as const;
  const roomAt = (port: number, nth: number) =>
    createReplica({
      name: `waiting-room-${nth}`,
      port,
      cwd: join(import.meta.dirname, '../../services/waiting-room'),
      env: { ...given, PORT: String(port), MANAGEMENT_PORT: String(port + managementOffset) },
    });
  const rooms = [roomAt(ports[0], 1), roomAt(ports[1], 2)] as const;
  await Promise.all(rooms.map((room) => room.start()));
  const SERVICES = services.replace(
    /waiting-room=[^,]+/,
    `waiting-room=${rooms.map(({ url }) => url).join('|')}`,
  );
  await stack.restart('gateway', { SERVICES });
  return rooms;
}

/** A whole house with a room of two replicas, and a Valkey that can be lost. */
export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-rehearse-'));
  const valkey = await startForgetful(folder);
  process.env.VALKEY_URL = valkey.url;
  const world = await startWorld({ messages: 'rabbit', https: false, env });
  const room = await twoRooms(world);
  const poolOf = (database: string) => {
    const url = new URL(world.postgres.url);
    url.pathname = `/guichet_${database}`;
    return createPool({ url: url.href, applicationName: 'rehearse', max: 2 });
  };
  const [sold, lines] = [poolOf('reservation'), poolOf('waiting_room')];
  const { gateway } = world.stack.stack;

  return {
    world,
    api: createClient({ baseUrl: gateway, fetch }),
    gateway,
    room,
    valkey,
    sold,
    lines,
    cpu() {
      const named = [...world.stack.processes].map(
        ([name, { process }]) => [process.pid, name] as const,
      );
      const rooms = room.map(({ pid }) => [pid(), 'waiting-room'] as const);
      const known = [...named, ...rooms].flatMap(([pid, name]) =>
        pid === undefined ? [] : [[pid, name] as const],
      );
      return cpuByName(readStats(), { root: process.pid, names: new Map(known) });
    },
    async end() {
      await Promise.all(room.map((one) => one.stop()));
      await Promise.all([sold.end(), lines.end()]);
      await world.end();
      await valkey.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
