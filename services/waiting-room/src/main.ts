import { join } from 'node:path';
import { revocations } from '@guichet/http/revocations';
import { startService } from '@guichet/http/start-service';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { connectBus } from '@guichet/messaging/connect-bus';
import { postgresIdempotencyStore } from '@guichet/postgres/idempotency-store';
import { createPool, ping } from '@guichet/postgres/pool';
import { createRelay } from '@guichet/postgres/relay';
import { requiredSchema } from '@guichet/postgres/required-schema';
import { createSweeper } from '@guichet/postgres/sweeper';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const service = await startService({ name: 'waiting-room', readConfig });
const { config, logger, metrics } = service;

const pool = createPool({
  url: config.databaseUrl,
  applicationName: 'waiting-room',
  max: config.databaseConnections,
  logger,
  metrics,
});
const folder = join(import.meta.dirname, '../migrations');
await service.until('schema', requiredSchema({ pool, url: config.databaseUrl, folder }));
const verifyToken = createTokenVerifier({
  jwksUrl: config.jwksUrl,
  issuer: config.issuerUrl,
  audience: 'guichet',
});
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
const relay = createRelay({ pool, bus, logger, metrics });
await bus.subscribe(revocations('waiting-room', verifyToken));
relay.start();
const keySweeper = createSweeper({ pool, logger });
keySweeper.start();

await service.run({
  app: createApp({
    pool,
    logger,
    metrics,
    verifyToken,
    idempotencyStore: postgresIdempotencyStore(pool),
  }),
  readiness: { database: () => ping(pool) },
  stop: async () => {
    await keySweeper.stop();
    await relay.stop();
    await bus.close();
    await pool.end();
  },
});
