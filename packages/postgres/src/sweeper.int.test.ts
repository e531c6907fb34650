import { createLogger } from '@guichet/telemetry/logger';
import { databaseTest } from '@guichet/testing/database-test';
import { expect, onTestFinished, vi } from 'vitest';
import { firstDelivery } from './inbox.ts';
import { createSweeper } from './sweeper.ts';

const test = databaseTest();

test('what no redelivery and no repeated request can ask for any more is deleted', async ({
  pool,
}) => {
  await pool.query(
    `insert into inbox (consumer, message_id, handled_at)
     values ('c', 'recent', now() - interval '13 days'), ('c', 'old', now() - interval '15 days')`,
  );
  await pool.query(
    `insert into idempotency_keys (scope, key, body_hash, locked_until, created_at)
     values ('s', 'recent', '', now(), now() - interval '23 hours'),
            ('s', 'old', '', now(), now() - interval '25 hours')`,
  );
  const sweeper = createSweeper({
    pool,
    logger: createLogger({ service: 'test', level: 'silent' }),
    everyMs: 20,
  });
  onTestFinished(() => sweeper.stop());

  sweeper.start();

  await vi.waitFor(
    async () => {
      const { rows } = await pool.query('select key from idempotency_keys');
      expect(rows).toEqual([{ key: 'recent' }]);
      expect((await pool.query('select message_id from inbox')).rows).toEqual([
        { message_id: 'recent' },
      ]);
    },
    { timeout: 20_000 },
  );
  await sweeper.stop();
  expect(await firstDelivery(pool, 'c', 'recent')).toBe(false);
});
