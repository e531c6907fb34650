import { join } from 'node:path';
import { runMigrations } from '@guichet/postgres/run-migrations';

await runMigrations({
  service: 'notification',
  folder: join(import.meta.dirname, '../migrations'),
});
