import { loadConfig } from '@guichet/config/load-config';
import { common, live, messaging, secret } from '@guichet/config/setting';
import { z } from 'zod';

const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.url()));

export const settings = z.object({
  ...common,
  ...messaging,
  publicUrl: z
    .url()
    .describe('The address customers use; its origin is the only one whose cookies count.'),
  management: z
    .string()
    .describe('Management addresses by service, for /api/health: `identity=http://…,…`.'),
  corsOrigins: live(
    origins
      .default([])
      .describe(
        'Origins whose pages may call the API with a token; none until an organiser embeds it.',
      ),
  ),
  bodyLimitBytes: live(
    z.coerce
      .number()
      .int()
      .positive()
      .default(65_536)
      .describe(
        '64 kB: the largest JSON of the API is a tenth of it; imports say their own limit.',
      ),
  ),
  keptBodyBytes: live(
    z.coerce
      .number()
      .int()
      .min(0)
      .default(65_536)
      .describe(
        'Bodies up to this length can be sent a second time; a thousand in flight are 64 MB.',
      ),
  ),
  maxHeaderBytes: z.coerce
    .number()
    .int()
    .positive()
    .default(16_384)
    .describe('16 kB: Node’s own default; a token and a quote fit four times.'),
  requestTimeoutMs: z.coerce
    .number()
    .int()
    .positive()
    .default(20_000)
    .describe(
      'How long a client may take to send its request, so that slow senders hold no socket.',
    ),
  upstreamTimeoutMs: live(
    z.coerce
      .number()
      .int()
      .positive()
      .default(10_000)
      .describe(
        'The deadline that a service is told; the slowest answer, an import, takes a tenth.',
      ),
  ),
  requestsPerSecond: live(
    z.coerce
      .number()
      .positive()
      .default(100)
      .describe('Per address over ten seconds: a family behind one address is far below.'),
  ),
  signInsPerMinute: live(
    z.coerce
      .number()
      .int()
      .positive()
      .default(30)
      .describe('Per address: an office signs in, a guessing program does not get far.'),
  ),
  upstreamConnections: z.coerce
    .number()
    .int()
    .positive()
    .default(128)
    .describe('Per endpoint: what one Node process answers well at once.'),
  upstreamIdleMs: z.coerce
    .number()
    .int()
    .positive()
    .default(4_000)
    .describe('Below the services’ keep-alive of 5 s, so that we close first.'),
  breakerFailures: z.coerce
    .number()
    .int()
    .positive()
    .default(5)
    .describe('In a row: one lost connection is weather, five are a fault.'),
  breakerOpenMs: z.coerce
    .number()
    .int()
    .positive()
    .default(2_000)
    .describe('A restarted service is asked again soon.'),
  tlsCert: z
    .string()
    .optional()
    .describe('A PEM certificate to serve TLS with; in a cluster the front door does that.'),
  tlsKey: secret(z.string()).optional().describe('The certificate’s key.'),
});

export const readConfig = () => loadConfig(settings);
/** The settings that follow their file, as they are when they are asked for. */
export type LiveSettings = ReturnType<ReturnType<typeof readConfig>['live']>;
