import { join } from 'node:path';
import { loadConfig } from '@guichet/config/load-config';
import { migrate } from '@guichet/postgres/migrate';
import { createLogger } from '@guichet/telemetry/logger';
import { settings } from './config.ts';

const { values } = loadConfig(settings.pick({ databaseUrl: true, logLevel: true }));

await migrate({
  url: values.databaseUrl,
  folder: join(import.meta.dirname, '../migrations'),
  logger: createLogger({ service: 'notification', level: values.logLevel }),
});
