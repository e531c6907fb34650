import { join } from 'node:path';
import { runMigrations } from '@guichet/postgres/run-migrations';

await runMigrations({
  service: 'waiting-room',
  folder: join(import.meta.dirname, '../migrations'),
});
