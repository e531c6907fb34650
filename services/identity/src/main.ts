import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { revocations } from '@guichet/http/revocations';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { createKeyRing } from '@guichet/keys/key-ring';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createPool, ping } from '@guichet/postgres/pool';
import { createRelay } from '@guichet/postgres/relay';
import { requiredSchema } from '@guichet/postgres/required-schema';
import { createSweeper } from '@guichet/postgres/sweeper';
import { createPasswords } from './accounts/passwords.ts';
import { createApp } from './app.ts';
import { lifetimesOf, readConfig } from './config.ts';
import { organiserMessages } from './employees/organiser-messages.ts';
import { keyStore } from './keys/key-store.ts';
import { measureSessions } from './sessions/measure-sessions.ts';
import { createThrottles } from './throttles/throttles.ts';
import { createTidy } from './tidy.ts';

const service = await startService({ name: 'identity', readConfig });
const { config, logger, metrics } = service;

const pool = createPool({ url: config.databaseUrl, applicationName: 'identity', logger, metrics });
const folder = join(import.meta.dirname, '../migrations');
await service.until('schema', requiredSchema({ pool, url: config.databaseUrl, folder }));
measureSessions(metrics, pool);
const keys = createKeyRing({
  store: keyStore(pool),
  sealingKey: config.sealingKey,
  rotateAfterMs: config.keyRotationDays * 86_400_000,
});
const verifyToken = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});

const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
await bus.subscribe(organiserMessages({ pool }));
await bus.subscribe(revocations('identity', verifyToken));
const relay = createRelay({ pool, bus, logger, metrics });
const sweeper = createSweeper({ pool, logger });
const tidy = createTidy({ pool, logger });
relay.start();
sweeper.start();
tidy.start();

await service.run({
  app: createApp({
    pool,
    logger,
    metrics,
    verifyToken,
    keys,
    passwords: await createPasswords({
      concurrency: config.passwordConcurrency ?? availableParallelism(),
      queue: config.passwordQueue,
    }),
    clients: config.serviceClients,
    sealingKey: config.sealingKey,
    throttles: createThrottles(config, pool),
    issuer: config.issuerUrl,
    lifetimes: lifetimesOf(config),
    floorMs: config.answerFloorMs,
  }),
  // Not the broker: who signs in needs the database alone, and what they did is told later.
  readiness: { database: () => ping(pool) },
  stop: async () => {
    await Promise.all([sweeper.stop(), tidy.stop(), relay.stop()]);
    await bus.close();
    await pool.end();
  },
});
