import { z } from 'zod';

/** Marks a setting that no view, log or error may show. */
export const secret = <T extends z.ZodType>(schema: T): T =>
  schema.meta({ ...schema.meta(), secret: true }) as T;

/** Also when it was made optional, or given a default, after it was marked. */
export const isSecret = (schema: z.ZodType): boolean =>
  schema.meta()?.secret === true ||
  ((schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) &&
    isSecret(schema.unwrap() as z.ZodType));

declare const liveBrand: unique symbol;
/** The type of a setting that `live` marks: it is read by `config.live()`, never kept. */
export type Live = { readonly [liveBrand]: true };

/**
 * Marks a setting that follows its file without a restart. Only what takes effect wherever it is
 * read may be one, so that no half of the service goes by the old value.
 */
export const live = <T extends z.ZodType>(schema: T): T & Live =>
  schema.meta({ ...schema.meta(), live: true }) as T & Live;

export const isLive = (schema: z.ZodType): boolean => schema.meta()?.live === true;

const port = z.coerce.number().int().min(0).max(65_535);

/** Where a service listens, how it logs, and how it ends: the same for all of them. */
export const common = {
  port: port
    .default(8080)
    .describe('Where it is called; 8080 in an image, since no two share one.'),
  managementPort: port
    .default(9080)
    .describe('Health, metrics and configuration, on a port that is never routed from outside.'),
  logLevel: live(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
      .default('info')
      .describe('Debug shows every retry and message; info what an operator needs.'),
  ),
  drainMs: z.coerce
    .number()
    .int()
    .min(0)
    .default(5_000)
    .describe('Goes on answering for so long after SIGTERM: every node must hear that it leaves.'),
  graceMs: z.coerce
    .number()
    .int()
    .min(0)
    .default(30_000)
    .describe('Is gone by then: Kubernetes’ own default for the grace period.'),
  issuerUrl: z.url().describe('Who issues access tokens: the public address of the gateway.'),
  jwksUrl: z.url().describe('Where identity publishes the keys that tokens are verified with.'),
  services: z
    .string()
    .default('')
    .describe('Where the other services are: `identity=http://host:port,…`, several with `|`.'),
} as const;

/** What whoever sends or hears messages needs. */
export const messaging = {
  messagesUrl: secret(
    z.url({
      protocol: /^(amqps?|postgres(ql)?)$/,
      error: 'must be an amqp://, amqps:// or postgres:// address',
    }),
  ).describe('The broker, with its credentials: amqp://…, amqps://… or postgres://….'),
} as const;

/** What a service whose tables are in PostgreSQL needs, and what migrates them. */
export const database = {
  databaseUrl: secret(
    z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
  ).describe('The PostgreSQL database of this service, with its credentials: postgres://…'),
  migrationWaitMs: z.coerce
    .number()
    .int()
    .min(0)
    .default(60_000)
    .describe('Migrating waits so long for a database that is not up, or for a table in use.'),
} as const;

/** What a service whose documents are in MongoDB needs. */
export const documents = {
  // No `z.url()`: the address of a replica set names several hosts.
  mongoUrl: secret(
    z.string().regex(/^mongodb(\+srv)?:\/\/./, 'must be a mongodb:// or mongodb+srv:// address'),
  ).describe('MongoDB, with its credentials: mongodb://…'),
} as const;

/** What a service needs beside `common` to call another one in its own name. */
export const serviceAccount = {
  tokenUrl: z.url().describe('identity’s token endpoint, for this service’s own tokens.'),
  serviceClientId: z.string().min(1).describe('The name under which identity knows this service.'),
  serviceClientSecret: secret(
    z.string().min(16).describe('Its secret; identity has only the hash of it.'),
  ),
} as const;
