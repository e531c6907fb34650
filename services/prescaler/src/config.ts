import { loadConfig } from '@guichet/config/load-config';
import { common, live, messaging, serviceAccount } from '@guichet/config/setting';
import { z } from 'zod';
import { bookingsPerPodText, type PerService, scaled } from './capacity/figures.ts';

const count = z.coerce.number().int().min(1);
const ms = z.coerce.number().int().min(0);

/** `gateway=60,reservation=60,…`: bookings that a pod of each serves in a second. */
const perPod = z.string().transform((text, context): PerService => {
  const given = Object.fromEntries(text.split(',').map((part) => part.trim().split('=')));
  const figures = scaled.map((name) => [name, Number(given[name])] as const);
  if (figures.some(([, figure]) => !(figure > 0))) {
    context.addIssue(`use \`${bookingsPerPodText}\`, each above 0`);
    return z.NEVER;
  }
  return Object.fromEntries(figures) as PerService;
});

export const settings = z.object({
  ...common,
  ...serviceAccount,
  ...messaging,
  cluster: z
    .enum(['kubernetes', 'none'])
    .default('none')
    .describe('Whose autoscalers are made ready; `none` only plans, as on a machine of one’s own.'),
  release: z
    .string()
    .default('guichet')
    .describe('For kubernetes: the release whose autoscalers they are, by label and name.'),
  kubeconfig: z
    .string()
    .optional()
    .describe('For kubernetes, from outside the cluster: a file; in a pod its service account.'),
  dryRun: live(
    z
      .stringbool()
      .default(false)
      .describe('Works out and tells what would be changed, and changes nothing.'),
  ),
  pollMs: count.default(10_000).describe('How often sales are asked for and minimums looked at.'),
  leaseMs: count
    .default(15_000)
    .describe('A leader that is not heard of for so long is followed by another.'),
  renewMs: count.default(5_000).describe('How often the leader says that it is there.'),
  marginMs: live(
    ms.default(120_000).describe('Pods are to be ready so long before a sale: nodes may be new.'),
  ),
  holdMinutes: live(
    z.coerce.number().min(0).default(15).describe('How long after a sale began minimums stay up.'),
  ),
  buyersPerPlace: live(
    z.coerce
      .number()
      .positive()
      .default(2)
      .describe('Without a waiting room nobody says how many come: so many for each place.'),
  ),
  firstMinutePercent: live(
    z.coerce
      .number()
      .min(1)
      .max(100)
      .default(50)
      .describe('Of all buyers, those of the first minute.'),
  ),
  roomMostPerSecond: live(
    z.coerce
      .number()
      .positive()
      .default(200)
      .describe('What a room that goes by measurement lets in at most: its MOST_PER_SECOND.'),
  ),
  bookingsPerPod: live(
    perPod
      .prefault(bookingsPerPodText)
      .describe('Bookings each second that a pod of each serves: capacity/figures.ts says whence.'),
  ),
  reservationConnections: live(
    count
      .default(80)
      .describe('Connections that the database gives all replicas of reservation together.'),
  ),
  connectionsPerReplica: live(
    count.default(10).describe('What each of them takes: reservation’s DATABASE_CONNECTIONS.'),
  ),
});

const check = ({ leaseMs, renewMs }: z.output<typeof settings>) =>
  // Who leads stops by itself before the lease ends, and a change takes up to 4 s.
  renewMs * 3 > leaseMs ? [{ key: 'renewMs', message: 'is more than a third of LEASE_MS' }] : [];

export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  loadConfig(settings, { env, check });
export type LiveSettings = ReturnType<ReturnType<typeof readConfig>['live']>;
