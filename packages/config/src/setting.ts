import { z } from 'zod';

/** Marks a setting that no view, log or error may show. */
export const secret = <T extends z.ZodType>(schema: T): T =>
  schema.meta({ ...schema.meta(), secret: true }) as T;

/** Also when it was made optional, or given a default, after it was marked. */
export const isSecret = (schema: z.ZodType): boolean =>
  schema.meta()?.secret === true ||
  ((schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) &&
    isSecret(schema.unwrap() as z.ZodType));

const port = z.coerce.number().int().min(0).max(65_535);

/** Where a service listens, how it logs, and how it ends: the same for all of them. */
export const common = {
  port: port
    .default(8080)
    .describe('Where it is called; 8080 in an image, since no two share one.'),
  managementPort: port
    .default(9080)
    .describe('Health, metrics and configuration, on a port that is never routed from outside.'),
  logLevel: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('Debug shows every retry and message; info what an operator needs.'),
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

/** What a service needs beside `common` to call another one in its own name. */
export const serviceAccount = {
  tokenUrl: z.url().describe('identity’s token endpoint, for this service’s own tokens.'),
  serviceClientId: z.string().min(1).describe('The name under which identity knows this service.'),
  serviceClientSecret: secret(
    z.string().min(16).describe('Its secret; identity has only the hash of it.'),
  ),
} as const;
