import { settings as catalog } from '../services/catalog/src/config.ts';
import { settings as gateway } from '../services/gateway/src/config.ts';
import { settings as identity } from '../services/identity/src/config.ts';
import { settings as notification } from '../services/notification/src/config.ts';
import { settings as payment } from '../services/payment/src/config.ts';
import { scaled } from '../services/prescaler/src/capacity/figures.ts';
import { settings as prescaler } from '../services/prescaler/src/config.ts';
import { settings as reservation } from '../services/reservation/src/config.ts';
import { settings as waitingRoom } from '../services/waiting-room/src/config.ts';
import { settings as web } from '../services/web/src/config.ts';
import { defineCatalogue } from './src/service.ts';

/*
 * Every service, once. The chart's values and their schema, both renderings, network policies,
 * images and load tests come from here: a new service is a new entry.
 *
 * Memory: a service with traces on takes 145 to 210 MB in a rush, and `make soak` refuses more than
 * 256. The limit is half as much again, since a limit that is met kills; src/memory.ts caps the heap
 * at a third of it.
 */
const memory = { memoryMi: 192, memoryLimitMi: 384 } as const;

const waiting = 'max(guichet_waiting_room_waiting{namespace="$namespace"})';
const oldest = (age: string, service?: string) =>
  `max(${age}{namespace="$namespace"${service ? `,service="${service}"` : ''}})`;

export const catalogue = defineCatalogue({
  gateway: {
    summary: 'The only door: routes, tokens, limits, circuit breakers',
    settings: gateway,
    calls: ['identity', 'catalog', 'reservation', 'waiting-room', 'prescaler', 'payment', 'web'],
    stores: ['rabbit', 'valkey'],
    door: true,
    // Which pods of a service there are, and which of them are going.
    kubernetesApi: [
      {
        apiGroup: 'discovery.k8s.io',
        resource: 'endpointslices',
        verbs: ['get', 'list', 'watch'],
      },
    ],
    // Kubernetes' client takes 75 MB more.
    resources: { cpuMillis: 200, memoryMi: 288, memoryLimitMi: 448 },
    scaling: { min: 2, max: 10, cpuPercent: 60 },
    // Who waits costs 1.5 ms of CPU a minute here, of the 7.2 s that a pod is to take.
    signals: [{ query: waiting, perPod: 4_800 }],
    objectives: { availablePercent: 99.9, latencyMs: 250 },
  },
  identity: {
    summary: 'Accounts, sessions, employees, roles, tokens',
    settings: identity,
    calls: [],
    stores: ['postgres', 'rabbit'],
    resources: { cpuMillis: 200, ...memory },
    scaling: { min: 2, max: 6, cpuPercent: 60 },
    objectives: { availablePercent: 99.9, latencyMs: 1_000 },
  },
  catalog: {
    summary: 'Organisers, their pages, offerings and pictures, the configurator, signed quotes',
    settings: catalog,
    calls: ['identity'],
    stores: ['mongo', 'rabbit'],
    // The costliest picture takes 450 MB for a second, one at a time, beside what the service has.
    resources: { cpuMillis: 200, memoryMi: 192, memoryLimitMi: 768 },
    scaling: { min: 2, max: 6, cpuPercent: 60 },
    objectives: { availablePercent: 99.9, latencyMs: 250 },
  },
  reservation: {
    summary: 'Slots, places, bookings, passes: the hot path',
    settings: reservation,
    calls: ['identity', 'catalog', 'payment'],
    stores: ['postgres', 'rabbit'],
    resources: { cpuMillis: 300, ...memory },
    // More replicas do not help a hot slot, which is one row: ten connections each are enough for it.
    scaling: { min: 2, max: 8, cpuPercent: 60 },
    signals: [
      // Half of what a placing may wait before the gateway turns people away.
      { query: oldest('guichet_placing_queue_age_seconds'), atMost: 0.25 },
      { query: oldest('guichet_outbox_age_seconds', 'reservation'), atMost: 10 },
    ],
    objectives: { availablePercent: 99.95, latencyMs: 250 },
  },
  'waiting-room': {
    summary: 'Places in line before an on-sale, in order, and who is let in as fast as goes well',
    settings: waitingRoom,
    calls: ['identity', 'catalog', 'reservation'],
    stores: ['postgres', 'rabbit', 'valkey'],
    resources: { cpuMillis: 200, ...memory },
    // A second keeps the rooms when the first is lost; more replicas hold more who listen.
    scaling: { min: 2, max: 8, cpuPercent: 60 },
    // And 1 ms here.
    signals: [{ query: waiting, perPod: 7_200 }],
    objectives: { availablePercent: 99.9, latencyMs: 250 },
  },
  payment: {
    summary: 'Payments, refunds, ledger, webhooks',
    settings: payment,
    calls: ['identity', 'reservation'],
    stores: ['mongo', 'rabbit'],
    internet: 'Stripe’s API',
    resources: { cpuMillis: 100, ...memory },
    scaling: { min: 2, max: 6, cpuPercent: 60 },
    signals: [{ query: oldest('guichet_outbox_age_seconds', 'payment'), atMost: 10 }],
    objectives: { availablePercent: 99.9, latencyMs: 1_000 },
  },
  notification: {
    summary: 'E-mails in five languages',
    settings: notification,
    calls: ['identity'],
    stores: ['postgres', 'rabbit'],
    internet: 'the mail provider',
    resources: { cpuMillis: 100, ...memory },
    scaling: { min: 1, max: 4, cpuPercent: 70 },
    signals: [{ query: oldest('guichet_unsent_mail_age_seconds'), atMost: 60 }],
    objectives: { availablePercent: 99.5, latencyMs: 1_000 },
  },
  prescaler: {
    summary: 'Raises the minimums of autoscalers before an on-sale, and gives them back',
    settings: prescaler,
    calls: ['identity', 'reservation', 'waiting-room'],
    stores: ['rabbit'],
    kubernetesApi: [
      { apiGroup: 'autoscaling', resource: 'horizontalpodautoscalers', verbs: ['list'] },
      {
        apiGroup: 'autoscaling',
        resource: 'horizontalpodautoscalers',
        verbs: ['patch'],
        of: scaled,
      },
      { apiGroup: 'keda.sh', resource: 'scaledobjects', verbs: ['list'] },
      { apiGroup: 'keda.sh', resource: 'scaledobjects', verbs: ['patch'], of: scaled },
      // Who leads.
      {
        apiGroup: 'coordination.k8s.io',
        resource: 'leases',
        verbs: ['get', 'patch'],
        of: ['prescaler'],
      },
      // How long pods take to be ready.
      { apiGroup: '', resource: 'pods', verbs: ['list'] },
      // Why a minimum was changed, on the object itself.
      { apiGroup: '', resource: 'events', verbs: ['create'] },
    ],
    lease: true,
    // Kubernetes' client takes 75 MB more.
    resources: { cpuMillis: 50, memoryMi: 192, memoryLimitMi: 384 },
    // One leads; another is there when it goes.
    scaling: { min: 2, max: 2, cpuPercent: 80 },
    objectives: { availablePercent: 99.5, latencyMs: 1_000 },
  },
  web: {
    summary: 'The page that customers buy in',
    settings: web,
    calls: ['catalog', 'reservation'],
    stores: [],
    resources: { cpuMillis: 100, memoryMi: 160, memoryLimitMi: 384 },
    scaling: { min: 2, max: 6, cpuPercent: 60 },
    objectives: { availablePercent: 99.9, latencyMs: 250 },
  },
});

export type ServiceName = keyof typeof catalogue;
export const serviceNames = Object.keys(catalogue) as ServiceName[];
