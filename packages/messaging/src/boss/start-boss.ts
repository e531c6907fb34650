import type { Logger } from '@guichet/telemetry/logger';
import { PgBoss } from 'pg-boss';

/** pg-boss on its tables. The services make those and keep them in order; an operator only uses them. */
export async function startBoss({
  url,
  logger,
  asOperator,
}: {
  url: string;
  logger: Logger;
  asOperator: boolean;
}): Promise<PgBoss> {
  // `pg`'s own options, handed on: a server that is gone without a word must not hold a query.
  const connection = { connectionString: url, max: 4, query_timeout: 15_000, keepAlive: true };
  const boss = new PgBoss({
    ...connection,
    schema: 'messages',
    ...(asOperator ? { migrate: false, supervise: false, schedule: false } : {}),
  });
  boss.on('error', (err) => logger.warn({ err }, 'the message tables could not be used'));
  try {
    return await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
}
