import { type Fault, faultIn, inPod, up } from './fault-test.ts';
import { grows, stays } from './healthy-test.ts';

const services = faultIn('services');

const process = (service: string, at: number) =>
  `process_start_time_seconds{job="guichet",service="${service}",instance="${service}-${at}"}`;
/** When it began, from that minute until another, when it is gone. */
const lives = (from: number, to: number) =>
  `${from > 0 ? `_x${from} ` : ''}${from * 60}x${to - from} stale`;
/** Begins anew every so many minutes. */
const every = (minutes: number) =>
  Array.from({ length: 60 / minutes }, (_, at) => `${at * minutes * 60}x${minutes - 1}`).join(' ');

export const faultsOfServices: readonly Fault[] = [
  services('GuichetServiceDown', 'reservation', 'no process of it answers', {
    [up('reservation', 1)]: stays(0),
    [up('reservation', 2)]: stays(0),
  }),
  services('GuichetServiceDown', 'reservation', 'all its pods are gone', {
    [up('reservation', 1)]: undefined,
    [up('reservation', 2)]: undefined,
  }),
  services('GuichetReplicasMissing', 'payment', 'a pod is not ready', {
    'kube_deployment_status_replicas_available{namespace="guichet",deployment="guichet-payment"}':
      stays(1),
  }),
  services('GuichetPodRestarts', 'reservation', 'both processes begin again every three minutes', {
    [process('reservation', 1)]: every(3),
    [process('reservation', 2)]: every(3),
  }),
  services('GuichetPodRestarts', 'reservation', 'pods are killed, and others come in their stead', {
    [process('reservation', 1)]: lives(0, 32),
    [process('reservation', 2)]: lives(0, 34),
    [process('reservation', 3)]: lives(32, 36),
    [process('reservation', 4)]: lives(34, 38),
    [process('reservation', 5)]: lives(36, 40),
    [process('reservation', 6)]: lives(38, 42),
    [process('reservation', 7)]: lives(40, 90),
    [process('reservation', 8)]: lives(42, 90),
  }),
  services(
    'GuichetPodRestarts',
    'reservation',
    'pods are killed before anybody has asked them anything',
    Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [
        `kube_pod_created{namespace="guichet",pod="guichet-reservation-5c7d9f8b6-x${at}"}`,
        lives(32 + at, 33 + at),
      ]),
    ),
  ),
  services('GuichetPodRestarts', 'web', 'a pod ends as soon as it has begun', {
    [`kube_pod_container_status_restarts_total{${inPod('web')},container="web"}`]: '0+0.5x90',
  }),
  services('GuichetCrowdTurnedAway', 'reservation', 'the gateway sheds', {
    'guichet_upstream_shed_total{service="gateway",upstream="reservation"}': grows(20),
  }),
  services('GuichetCrowdTurnedAway', 'reservation', 'reservation refuses', {
    'guichet_placing_refused_total{service="reservation",reason="busy"}': grows(20),
  }),
  services('GuichetAtMostReplicas', 'gateway', 'it has as many as it may', {
    'kube_horizontalpodautoscaler_status_current_replicas{namespace="guichet",horizontalpodautoscaler="guichet-gateway"}':
      stays(6),
  }),
  services('GuichetMigrationFailed', 'identity', 'its Job has failed', {
    'kube_job_failed{namespace="guichet",job_name="guichet-identity-migrate-0a1b",condition="true"}':
      stays(1),
  }),
  services('GuichetMemoryNearLimit', 'catalog', 'it has nearly all', {
    [`container_memory_working_set_bytes{job="cadvisor",${inPod('catalog')},container="catalog"}`]:
      stays(370),
  }),
];
