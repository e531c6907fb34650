import { catalogue, type ServiceName, serviceNames } from '../../catalogue.ts';
import { settingsOf } from '../service.ts';
import type { ServiceValues, Values } from './values.ts';

/** A server of guichet-backing, in the same namespace. */
const backing = (name: string) => [
  {
    podSelector: {
      matchLabels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': 'guichet-backing',
      },
    },
  },
];
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** Not the internet: RFC 1918, RFC 6598, loopback, and link-local, where clouds keep their metadata. */
const privateRanges = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
];

function serviceDefaults(name: ServiceName): ServiceValues {
  const { scaling, resources } = catalogue[name];
  return {
    image: { tag: '', digest: '' },
    replicas: scaling.min,
    autoscaling: {
      enabled: true,
      ...scaling,
      scaleDownSeconds: 300,
      keda: { enabled: false, triggers: [] },
    },
    resources: {
      cpu: `${resources.cpuMillis}m`,
      memory: `${resources.memoryMi}Mi`,
      memoryLimitMi: resources.memoryLimitMi,
    },
    settings: {},
    existingSecret: settingsOf(catalogue[name]).some(({ secret }) => secret)
      ? `guichet-${name}`
      : '',
    serviceAccountAnnotations: {},
    podAnnotations: {},
    nodeSelector: {},
    tolerations: [],
    egress: [],
  };
}

/** What charts/guichet is installed with unless it is told otherwise: fit for production. */
export const defaultValues: Values = {
  global: {},
  image: {
    repository: 'guichet',
    tag: 'dev',
    pullPolicy: 'IfNotPresent',
    pullSecrets: [],
  },
  publicUrl: 'http://localhost:8080',
  settings: { LOG_LEVEL: 'info' },
  namespace: { create: false },
  exposure: {
    type: 'none',
    host: '',
    anyHost: false,
    gateway: { name: '', className: '', namespace: '', sectionName: '' },
    ingress: { className: '', annotations: {} },
    tlsSecret: '',
    nodePort: 0,
  },
  networkPolicy: {
    enabled: true,
    dns: [inNamespace('kube-system')],
    stores: {
      postgres: { port: 5432, to: backing('postgres') },
      mongo: { port: 27_017, to: backing('mongo') },
      rabbit: { port: 5672, to: backing('rabbitmq') },
      valkey: { port: 6379, to: backing('valkey') },
    },
    apiServer: { port: 6443, to: [] },
    monitoring: [inNamespace('monitoring')],
    collector: { port: 4318, to: [inNamespace('monitoring')] },
    internetExcept: privateRanges,
  },
  telemetry: {
    endpoint: '',
    // Enough of a rush to see where its time goes; a trace costs as much as half a booking.
    sampleRatio: 0.05,
    scrapeAnnotations: true,
    serviceMonitor: { enabled: false, labels: {}, interval: '30s' },
  },
  keda: { prometheusUrl: '' },
  headroom: {
    replicas: 0,
    // A gateway, a reservation and a payment, twice.
    cpu: '1200m',
    memory: '1344Mi',
    image: 'registry.k8s.io/pause:3.10',
    priority: -5,
  },
  drain: { preStopSeconds: 5, graceSeconds: 60 },
  migrations: { ttlSeconds: 86_400, deadlineSeconds: 600 },
  topology: { keys: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'] },
  services: Object.fromEntries(
    serviceNames.map((name) => [name, serviceDefaults(name)]),
  ) as Values['services'],
  extraManifests: [],
};
