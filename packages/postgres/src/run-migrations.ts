import { ConfigError, loadConfig } from '@guichet/config/load-config';
import { common, database } from '@guichet/config/setting';
import { createLogger } from '@guichet/telemetry/logger';
import { z } from 'zod';
import { migrate } from './migrate.ts';
import { MigrationError } from './migration-files.ts';

const settings = z.object({ ...database, logLevel: common.logLevel });

/**
 * The program that migrates a service's database: ends with 0 when it is up to date, and otherwise
 * with 1 and one sentence, so that whoever runs it, a Job or a person, knows what to mend.
 */
export async function runMigrations({
  service,
  folder,
}: {
  service: string;
  folder: string;
}): Promise<void> {
  const logger = createLogger({ service });
  try {
    const { values, live } = loadConfig(settings);
    logger.level = live().logLevel;
    await migrate({
      url: values.databaseUrl,
      folder,
      logger,
      waitMs: values.migrationWaitMs,
    });
    logger.info('the database is up to date');
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof MigrationError;
    if (expected) logger.fatal(error.message);
    else logger.fatal({ err: error }, 'migrating failed');
    process.exit(1);
  }
}
