import { loadConfig } from '@guichet/config/load-config';
import { common, database } from '@guichet/config/setting';
import { startService } from '@guichet/http/start-service';
import { z } from 'zod';
import { createPool } from './pool.ts';
import { requiredSchema } from './required-schema.ts';

/** A service of the tests: it needs the schema that the folder `MIGRATIONS` makes, and sells nothing. */
const { port, managementPort, logLevel, drainMs, graceMs } = common;
const settings = z.object({
  ...{ port, managementPort, logLevel, drainMs, graceMs },
  ...database,
  migrations: z.string(),
});
const { config, logger, until, run } = await startService({
  name: 'test',
  readConfig: () => loadConfig(settings),
});

const pool = createPool({ url: config.databaseUrl, applicationName: 'test', logger });
await until('schema', requiredSchema({ pool, url: config.databaseUrl, folder: config.migrations }));

await run({ app: (_, res) => res.end(), readiness: {}, stop: () => pool.end() });
