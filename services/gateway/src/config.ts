import { versionedKeys } from '@guichet/config/key-settings';
import { loadConfig } from '@guichet/config/load-config';
import { common, live, messaging, secret, serviceAccount } from '@guichet/config/setting';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);
const origins = list.pipe(z.array(z.url()));
const ranges = list.pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])));

export const settings = z.object({
  ...common,
  ...serviceAccount,
  ...messaging,
  publicUrl: z
    .url()
    .describe('The address customers use; its origin is the only one whose cookies count.'),
  discovery: z
    .enum(['static', 'kubernetes'])
    .default('static')
    .describe(
      'How the services are found: by SERVICES, or by the EndpointSlices of a namespace, which know each replica.',
    ),
  management: z
    .string()
    .default('')
    .describe(
      'For static: management addresses by service, for /api/health: `identity=http://…,…`.',
    ),
  discoveryNamespace: z
    .string()
    .optional()
    .describe('For kubernetes: whose EndpointSlices; the pod’s own namespace unless set.'),
  discoverySelector: z
    .string()
    .default('kubernetes.io/service-name')
    .describe('For kubernetes: which of them, by label; with the release’s label none is foreign.'),
  discoveryPrefix: z
    .string()
    .default('')
    .describe('For kubernetes: what stands before a service’s name in its Service’s: `guichet-`.'),
  discoveryManagementPort: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(9080)
    .describe('For kubernetes: where a Service names no port `management`; what an image has.'),
  discoveryStartMs: z.coerce
    .number()
    .int()
    .positive()
    .default(30_000)
    .describe(
      'For kubernetes: without a first list by then it ends, and says why; a Role may come late.',
    ),
  kubeconfig: z
    .string()
    .optional()
    .describe('For kubernetes, from outside the cluster: a file; in a pod its service account.'),
  trustedProxies: ranges
    .default([])
    .describe(
      'Who is believed when it says where a request comes from: the front door’s addresses, `10.244.0.0/16,…`.',
    ),
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
        '64 kB: most JSON is a tenth of it; imports, pages and pictures say their own limit.',
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
  streamsPerAddress: live(
    z.coerce
      .number()
      .int()
      .positive()
      .default(100)
      .describe(
        'Open at once, per gateway: an office behind one address listens, and no client takes every place of LIVE_LISTENERS.',
      ),
  ),
  valkeyUrl: secret(
    z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// address' }),
  )
    .optional()
    .describe(
      'Where limits are counted for all gateways together, redis(s)://…; else each counts for itself.',
    ),
  valkeyAnswerMs: z.coerce
    .number()
    .int()
    .positive()
    .default(250)
    .describe('It answers within one; so long waits, once, who asks first when it falls silent.'),
  waitingRoom: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off: no waiting room is installed, and no offering has one.'),
  lineTokenKeys: secret(versionedKeys).describe(
    'Keys that admissions are verified with, the same as the waiting room’s.',
  ),
  upstreamConnections: z.coerce
    .number()
    .int()
    .positive()
    .default(128)
    .describe('Per endpoint: what one Node process answers well at once.'),
  queueBudgetMs: live(
    z.coerce
      .number()
      .int()
      .positive()
      .default(500)
      .describe(
        'Bookings that would wait longer for every process of their service are refused with 503: twice the objective of 250 ms.',
      ),
  ),
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

/** What is written down must be: without it every request would find nobody. */
const missingWhereStatic = ({
  discovery,
  services,
  management,
}: Pick<z.output<typeof settings>, 'discovery' | 'services' | 'management'>) =>
  Object.entries({ services, management })
    .filter(([, addresses]) => discovery === 'static' && addresses === '')
    .map(([key]) => ({ key, message: 'is missing, and DISCOVERY is static' }));

export const readConfig = (env = process.env) =>
  loadConfig(settings, { env, check: missingWhereStatic });

export type GatewayConfig = ReturnType<typeof readConfig>['values'];
/** The settings that follow their file, as they are when they are asked for. */
export type LiveSettings = ReturnType<ReturnType<typeof readConfig>['live']>;
