import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type Client, createClient } from '@guichet/contracts/client';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createKeyRing } from '@guichet/keys/key-ring';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { databaseTest } from '@guichet/testing/database-test';
import { listening } from '@guichet/testing/listening';
import { createPasswords } from '../src/accounts/passwords.ts';
import { type AppDeps, createApp } from '../src/app.ts';
import { keyStore } from '../src/keys/key-store.ts';
import { createThrottles } from '../src/throttles/throttles.ts';
import { createServiceClients } from '../src/tokens/service-clients.ts';
import { lifetimes } from './seed.ts';

/** `test` with identity's database, one for each test. */
export const test = databaseTest(join(import.meta.dirname, '../migrations'));

export const issuer = 'https://guichet.test';
export const serviceSecret = 'the secret of reservation, 256 bits of it';
export const passwords = await createPasswords({ concurrency: 2, queue: 200 });
export const throttleSettings = {
  throttleStore: 'postgres',
  signInFailures: 10,
  signInFailuresPerAddress: 100,
  resetMailsPerHour: 5,
} as const;

const minute = 60_000;

/** Keys that live an hour by a clock of their own; the next one is there 15 minutes ahead. */
export const keyRing = (pool: Pool, now: () => number, sealingKey = randomBytes(32)) =>
  createKeyRing({
    store: keyStore(pool),
    sealingKey,
    now,
    rotateAfterMs: 60 * minute,
    publishAheadMs: 15 * minute,
    retireAfterMs: 15 * minute,
  });

export type RunningIdentity = {
  url: string;
  api: Client;
  deps: AppDeps;
  close(): Promise<void>;
};

/** Identity over HTTP; it verifies tokens with its own published keys, as every service does. */
export async function runIdentity(
  pool: Pool,
  changed: Partial<AppDeps> = {},
): Promise<RunningIdentity> {
  const server = createServer();
  const { url, close } = await listening(server);

  const sealingKey = randomBytes(32);
  const hash = createHash('sha256').update(serviceSecret).digest('hex');
  const deps: AppDeps = {
    pool,
    logger: createLogger({ service: 'identity', level: 'silent' }),
    metrics: createMetrics({ service: 'identity' }),
    verifyToken: createTokenVerifier({
      jwksUrl: `${url}/.well-known/jwks.json`,
      issuer,
      audience: 'guichet',
    }),
    keys: createKeyRing({ store: keyStore(pool), sealingKey }),
    passwords,
    clients: createServiceClients(`reservation:${hash}`),
    sealingKey,
    throttles: createThrottles(throttleSettings, pool),
    issuer,
    lifetimes,
    floorMs: 0,
    ...changed,
  };
  server.on('request', createApp(deps));

  return {
    url,
    api: createClient({ baseUrl: url }),
    deps,
    close,
  };
}

/** `test` with identity running on a database of its own. */
export const httpTest = test.extend<{ identity: RunningIdentity }>({
  identity: async ({ pool }, use) => {
    const identity = await runIdentity(pool);
    await use(identity);
    await identity.close();
  },
});
