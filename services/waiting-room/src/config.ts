import { sealingKeyBytes, versionedKeys } from '@guichet/config/key-settings';
import { loadConfig } from '@guichet/config/load-config';
import { common, database, live, messaging, secret, serviceAccount } from '@guichet/config/setting';
import { z } from 'zod';

const count = z.coerce.number().int().min(1);
const ms = z.coerce.number().int().positive();

export const settings = z.object({
  ...common,
  ...serviceAccount,
  ...database,
  ...messaging,
  databaseConnections: count
    .default(10)
    .describe('Per replica. Joins and admissions go in batches, of which two are under way.'),
  lineTokenKeys: secret(versionedKeys).describe(
    'Keys that visits, turns and admissions are signed with, the same as the gateway’s; the last one signs, the others verify.',
  ),
  sealingKey: secret(sealingKeyBytes).describe(
    '32 bytes in base64; the seed of a draw is kept sealed with it until it is drawn.',
  ),
  valkeyUrl: secret(
    z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// address' }),
  )
    .optional()
    .describe(
      'Where replicas tell each other how far lines have come, redis(s)://…; else each asks the database.',
    ),
  valkeyAnswerMs: ms
    .default(250)
    .describe('It answers within one; so long waits, once, who asks first when it falls silent.'),
  tickMs: ms
    .default(1_000)
    .describe('How often people are called, and how old a line may be that is told to them.'),
  leaseMs: ms
    .default(5_000)
    .describe('So long nobody is called when the replica that calls dies: five of its ticks.'),
  latencyBudgetMs: live(
    ms
      .default(250)
      .describe('The objective of a booking. By measurement, fewer are called well before it.'),
  ),
  mostPerSecond: live(
    count
      .default(200)
      .describe(
        'People that a room calls each second at most, and the highest rate it can be set to: what the path to a payment bears.',
      ),
  ),
  joinsPerBlock: live(
    count
      .default(600)
      .describe(
        'Turns and codes asked for each minute from one block of addresses (a /24, or a /48 of IPv6): a provider that shares addresses has thousands behind one, a farm of bots has no more patience.',
      ),
  ),
  liveListeners: count
    .default(5_000)
    .describe(
      'Who may listen to lines at once, per replica: each is an open connection. Who comes later polls.',
    ),
});

/** Settings that are each right and cannot be meant together. */
const check = ({ tickMs, leaseMs }: z.output<typeof settings>) =>
  leaseMs < 3 * tickMs
    ? [{ key: 'leaseMs', message: 'is shorter than three TICK_MS: a slow tick would lose it' }]
    : [];

export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  loadConfig(settings, { env, check });
export type Settings = ReturnType<typeof readConfig>['values'];
/** The settings that follow their file, as they are when they are asked for. */
export type LiveSettings = ReturnType<ReturnType<typeof readConfig>['live']>;
