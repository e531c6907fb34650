import { z } from 'zod';
import { catalogue, type ServiceName, serviceNames } from '../../catalogue.ts';
import { type Service, settingsOf, stores } from '../service.ts';
import { settingSchema } from './setting-schema.ts';

const labels = z.record(z.string(), z.string());
/** A Kubernetes object that is passed on as it is: its own schema is the API server's to hold. */
const verbatim = z.record(z.string(), z.unknown());
const port = z.int().min(1).max(65_535);
const quantity = z.string().regex(/^[0-9]+(\.[0-9]+)?(m|Ki|Mi|Gi)?$/);

const image = z.strictObject({
  repository: z.string().describe('Registry and path before the service’s name, without its tag.'),
  tag: z.string().describe('The release of every service; its own `image.tag` goes before it.'),
  pullPolicy: z.enum(['IfNotPresent', 'Never', 'Always']),
  pullSecrets: z.array(z.string()).describe('Names of Secrets that the registry is entered with.'),
});

const exposure = z.strictObject({
  type: z
    .enum(['gateway', 'ingress', 'none'])
    .describe('gateway: an HTTPRoute; ingress: an Ingress; none: only the Service.'),
  host: z.string().describe('The name that customers type; empty is any (development only).'),
  anyHost: z.boolean().describe('Says that an empty host is meant.'),
  gateway: z.strictObject({
    name: z.string().describe('The Gateway that the route belongs to.'),
    className: z
      .string()
      .describe('Makes that Gateway too, of this class; empty when the platform has one.'),
    namespace: z.string().describe('Where that Gateway is; empty is the release’s own namespace.'),
    sectionName: z.string().describe('One of its listeners; empty is all of them.'),
  }),
  ingress: z.strictObject({
    className: z.string().describe('The ingress class; empty is the cluster’s default.'),
    annotations: labels.describe('For example cert-manager’s issuer, or the ALB’s settings.'),
  }),
  tlsSecret: z
    .string()
    .describe(
      'A Secret with the certificate, given or made by cert-manager; empty is no TLS of our own.',
    ),
  nodePort: z
    .union([z.literal(0), z.int().min(30_000).max(32_767)])
    .describe('For development: the gateway on this port of every node; 0 is none.'),
});

const networkPolicy = z.strictObject({
  enabled: z.boolean(),
  dns: z.array(verbatim).describe('Peers that answer DNS.'),
  stores: z
    .strictObject(
      Object.fromEntries(
        stores.map((store) => [store, z.strictObject({ port, to: z.array(verbatim) })]),
      ) as Record<
        (typeof stores)[number],
        z.ZodObject<{ port: typeof port; to: z.ZodArray<typeof verbatim> }>
      >,
    )
    .describe('Where each store is: peers as in a NetworkPolicy, and its port.'),
  apiServer: z
    .strictObject({ port, to: z.array(verbatim) })
    .describe(
      'The Kubernetes API’s own addresses (kubectl get endpointslices kubernetes), so that the gateway sees each pod of a service; without them it knows Services alone.',
    ),
  monitoring: z.array(verbatim).describe('Peers that may read metrics.'),
  collector: z
    .strictObject({ port, to: z.array(verbatim) })
    .describe('Where traces go, when `telemetry.endpoint` is set.'),
  internetExcept: z
    .array(z.string())
    .describe('Ranges that are not the internet: private, link-local, metadata.'),
});

const autoscaling = z.strictObject({
  enabled: z.boolean(),
  min: z.int().min(1),
  max: z.int().min(1),
  cpuPercent: z.int().min(1).max(100),
  scaleDownSeconds: z.int().min(0).max(3_600).describe('How long load must be low before pods go.'),
  keda: z.strictObject({
    enabled: z.boolean().describe('A ScaledObject instead of the HorizontalPodAutoscaler.'),
    triggers: z.array(verbatim).describe('KEDA’s triggers beside CPU.'),
  }),
});

function service(entry: Service) {
  const settings = settingsOf(entry).filter(({ secret }) => !secret);
  return z.strictObject({
    image: z.strictObject({
      tag: z.string().describe('Another release of this service alone; empty is `image.tag`.'),
      digest: z
        .string()
        .regex(/^(sha256:[0-9a-f]{64})?$/)
        .describe('Goes before every tag.'),
    }),
    replicas: z.int().min(0).describe('Without autoscaling.'),
    autoscaling,
    resources: z.strictObject({
      cpu: quantity,
      memory: quantity,
      memoryLimitMi: z
        .int()
        .min(192)
        .describe(
          'The heap is capped at a third of it; none of the services lives in less than 64 MB.',
        ),
    }),
    settings: z
      .strictObject(
        Object.fromEntries(
          settings.map(({ name, schema, reason }) => [
            name,
            settingSchema(schema).describe(reason).optional(),
          ]),
        ),
      )
      .describe('Files in /etc/guichet; what the chart works out itself can be said here instead.'),
    existingSecret: z
      .string()
      .describe('The Secret with what nobody else may know; empty for a service that has none.'),
    serviceAccountAnnotations: labels.describe('For example the role of IRSA or Pod Identity.'),
    podAnnotations: labels,
    nodeSelector: labels,
    tolerations: z.array(verbatim),
    egress: z.array(verbatim).describe('Further rules of its network policy, as they are.'),
  });
}

/** The values of charts/guichet, which the cdk8s manifests take too. */
export const valuesSchema = z.strictObject({
  global: verbatim.describe('Left to charts that have this one in them.'),
  image,
  publicUrl: z.url().describe('The address that customers use: cookies, tokens and links name it.'),
  settings: z
    .strictObject({ LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']) })
    .describe('Settings of every service; its own go before them.'),
  namespace: z.strictObject({
    create: z
      .boolean()
      .describe('Makes the namespace with the label that enforces `restricted`; never removed.'),
  }),
  exposure,
  networkPolicy,
  telemetry: z.strictObject({
    endpoint: z.string().describe('An OTLP endpoint, http://…:4318; empty is no traces.'),
    sampleRatio: z
      .number()
      .min(0)
      .max(1)
      .describe('The share of traces that is kept, 1 being all, where no caller has decided.'),
    scrapeAnnotations: z.boolean().describe('prometheus.io annotations on every pod.'),
    serviceMonitor: z.strictObject({
      enabled: z.boolean().describe('For the Prometheus operator.'),
      labels: labels.describe('What your Prometheus selects monitors by, such as `release`.'),
      interval: z.string(),
    }),
  }),
  keda: z.strictObject({
    prometheusUrl: z
      .string()
      .describe(
        'Where KEDA finds Prometheus: what it scales then follows signals of the business too, such as people waiting and the age of queues; empty is CPU alone.',
      ),
  }),
  headroom: z.strictObject({
    replicas: z
      .int()
      .min(0)
      .describe(
        'Pods that only keep room on nodes, and go when a pod of ours needs it; 0 is none.',
      ),
    cpu: quantity.describe('What each keeps free.'),
    memory: quantity,
    image: z.string().describe('A program that does nothing.'),
    priority: z
      .int()
      .max(-1)
      .describe(
        'Below 0, which pods have that say nothing; above what the cluster’s autoscaler ignores (-10 by default).',
      ),
  }),
  drain: z.strictObject({
    preStopSeconds: z
      .int()
      .min(0)
      .max(120)
      .describe('A pod that ends still serves for so long, until every node knows.'),
    graceSeconds: z.int().min(10).max(600).describe('Then it has this long, that included.'),
  }),
  migrations: z.strictObject({
    ttlSeconds: z.int().min(0).describe('How long a finished Job is kept to be looked at.'),
    deadlineSeconds: z.int().min(10).describe('A Job that waits longer for its database fails.'),
  }),
  topology: z.strictObject({
    keys: z.array(z.string()).describe('Pods of a service are spread over each of these.'),
  }),
  services: z.strictObject(
    Object.fromEntries(serviceNames.map((name) => [name, service(catalogue[name])])) as Record<
      ServiceName,
      ReturnType<typeof service>
    >,
  ),
  extraManifests: z.array(verbatim).describe('Objects of your own that belong to the release.'),
});
export type Values = z.infer<typeof valuesSchema>;
export type ServiceValues = Values['services'][ServiceName];
