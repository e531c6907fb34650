import { k8s } from 'cdk8s-plus-27';
import { catalogue, type ServiceName } from '../../catalogue.ts';
import { memoryCaps } from '../memory.ts';
import {
  imageOf,
  labelsOf,
  objectName,
  type Release,
  selectorOf,
  unlessEmpty,
  valuesOf,
} from '../release.ts';
import { ports, runAsUser } from '../service.ts';
import { checksumOf, settingsFor } from '../settings.ts';

const settingsFolder = '/etc/guichet';
const { IntOrString, Quantity } = k8s;

/** Generous at the start, where a service waits for its stores; then quick to stop routing. */
const probeOf = (path: string, timing: Omit<k8s.Probe, 'httpGet'>): k8s.Probe => ({
  httpGet: { path, port: IntOrString.fromString('management') },
  timeoutSeconds: 3,
  ...timing,
});
const startupProbe = probeOf('/health/ready', { periodSeconds: 2, failureThreshold: 300 });
const readinessProbe = probeOf('/health/ready', { periodSeconds: 5, failureThreshold: 2 });
const livenessProbe = probeOf('/health/live', { periodSeconds: 10, failureThreshold: 6 });

const containerSecurity: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const text = (name: string, value: string): k8s.EnvVar => ({ name, value });

function environment({ values }: Release, name: ServiceName): k8s.EnvVar[] {
  const { memoryLimitMi } = values.services[name].resources;
  return [
    text('CONFIG_DIR', settingsFolder),
    ...Object.entries(memoryCaps(memoryLimitMi)).map(([key, value]) => text(key, value)),
    text('OTEL_SERVICE_NAME', name),
    ...(values.telemetry.endpoint
      ? [
          text('OTEL_EXPORTER_OTLP_ENDPOINT', values.telemetry.endpoint),
          text('OTEL_TRACES_SAMPLER', 'parentbased_traceidratio'),
          text('OTEL_TRACES_SAMPLER_ARG', String(values.telemetry.sampleRatio)),
        ]
      : []),
  ];
}

const annotationsOf = ({ values }: Release, name: ServiceName) => ({
  ...(values.telemetry.scrapeAnnotations && {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(ports.management),
    'prometheus.io/path': '/metrics',
  }),
  ...values.services[name].podAnnotations,
});

function containerOf(release: Release, name: ServiceName): k8s.Container {
  const { resources } = valuesOf(release, name);
  return {
    name,
    image: imageOf(release, name),
    imagePullPolicy: release.values.image.pullPolicy,
    env: environment(release, name),
    securityContext: containerSecurity,
    resources: {
      requests: {
        cpu: Quantity.fromString(resources.cpu),
        memory: Quantity.fromString(resources.memory),
      },
      limits: { memory: Quantity.fromString(`${resources.memoryLimitMi}Mi`) },
    },
    // What a service said last, when it refuses to start, is what `kubectl describe` shows.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: 'settings', mountPath: settingsFolder, readOnly: true }],
  };
}

/** What the pods of a service and of its migrations have in common. */
function podOf(release: Release, name: ServiceName, container: k8s.Container): k8s.PodSpec {
  const { image } = release.values;
  const { existingSecret, nodeSelector, tolerations } = valuesOf(release, name);
  return {
    serviceAccountName: objectName(release, name),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser,
      runAsGroup: runAsUser,
      fsGroup: runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [
      {
        name: 'settings',
        projected: {
          defaultMode: 0o440,
          sources: [
            { configMap: { name: objectName(release, name) } },
            ...(existingSecret ? [{ secret: { name: existingSecret } }] : []),
          ],
        },
      },
    ],
    imagePullSecrets: unlessEmpty(image.pullSecrets.map((secret) => ({ name: secret }))) as never,
    nodeSelector: unlessEmpty(nodeSelector) as never,
    tolerations: unlessEmpty(tolerations) as never,
  };
}

/** The pod of a service. */
export function servicePod(release: Release, name: ServiceName): k8s.PodTemplateSpec {
  const { drain, topology } = release.values;
  const container: k8s.Container = {
    ...containerOf(release, name),
    ports: Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort })),
    startupProbe,
    readinessProbe,
    livenessProbe,
  };
  return {
    metadata: {
      labels: labelsOf(release, name),
      annotations: {
        'checksum/settings': checksumOf(name, settingsFor(release, name)),
        ...annotationsOf(release, name),
      },
    },
    spec: {
      ...podOf(release, name, container),
      automountServiceAccountToken: Boolean(catalogue[name].kubernetesApi),
      terminationGracePeriodSeconds: drain.graceSeconds,
      topologySpreadConstraints: topology.keys.map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selectorOf(release, name) },
        matchLabelKeys: ['pod-template-hash'],
      })),
    },
  };
}

/** The pod that brings a service's tables up to date, from the same image and settings. */
export function migrationPod(release: Release, name: ServiceName): k8s.PodTemplateSpec {
  const container = containerOf(release, name);
  return {
    metadata: { labels: labelsOf(release, `${name}-migrate`) },
    spec: {
      ...podOf(release, name, { ...container, args: ['src/migrate.ts'] }),
      restartPolicy: 'OnFailure',
    },
  };
}
