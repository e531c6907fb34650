import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch } from 'cdk8s';
import { ConfigMap, k8s, ServiceAccount } from 'cdk8s-plus-27';
import { catalogue } from '../../catalogue.ts';
import { canonicalJson } from '../canonical-json.ts';
import { migrationsOf } from '../facts.ts';
import {
  labelsOf,
  metadataOf,
  objectName,
  type ServiceMaker,
  selectorOf,
  unlessEmpty,
  valuesOf,
} from '../release.ts';
import { ports } from '../service.ts';
import { settingsFor } from '../settings.ts';
import { migrationPod, servicePod } from './pod.ts';

const { IntOrString } = k8s;

export const configMap: ServiceMaker = (chart, release, name) => {
  new ConfigMap(chart, `${name}-settings`, {
    metadata: metadataOf(release, name),
    data: settingsFor(release, name),
  });
};

export const serviceAccount: ServiceMaker = (chart, release, name) => {
  const annotations = valuesOf(release, name).serviceAccountAnnotations;
  new ServiceAccount(chart, `${name}-account`, {
    metadata: { ...metadataOf(release, name), ...(unlessEmpty(annotations) && { annotations }) },
    automountToken: false,
  });
};

/** The least that a service needs of the Kubernetes API, in its own namespace. */
export const role: ServiceMaker = (chart, release, name) => {
  const rules = catalogue[name].kubernetesApi;
  if (!rules) return;
  new k8s.KubeRole(chart, `${name}-role`, {
    metadata: metadataOf(release, name),
    rules: rules.map(({ apiGroup, resource, verbs, of }) => ({
      apiGroups: [apiGroup],
      resources: [resource],
      ...(of && { resourceNames: of.map((service) => objectName(release, service)) }),
      verbs: [...verbs],
    })),
  });
  new k8s.KubeRoleBinding(chart, `${name}-role-binding`, {
    metadata: metadataOf(release, name),
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Role',
      name: objectName(release, name),
    },
    subjects: [
      { kind: 'ServiceAccount', name: objectName(release, name), namespace: release.namespace },
    ],
  });
};

/** Of the release, so that it goes with it; who leads writes into it. */
export const lease: ServiceMaker = (chart, release, name) => {
  if (!catalogue[name].lease) return;
  new k8s.KubeLease(chart, `${name}-lease`, { metadata: metadataOf(release, name) });
};

export const service: ServiceMaker = (chart, release, name) => {
  new k8s.KubeService(chart, `${name}-service`, {
    metadata: metadataOf(release, name),
    spec: {
      selector: selectorOf(release, name),
      ports: Object.entries(ports).map(([port, number]) => ({
        name: port,
        port: number,
        targetPort: IntOrString.fromString(port),
      })),
    },
  });
};

/** Without `replicas` beside an autoscaler, or each upgrade would take back what it decided. */
export const deployment: ServiceMaker = (chart, release, name) => {
  const { autoscaling, replicas } = valuesOf(release, name);
  const { preStopSeconds } = release.values.drain;
  const manifest = k8s.KubeDeployment.manifest({
    metadata: metadataOf(release, name),
    spec: {
      ...(autoscaling.enabled ? {} : { replicas }),
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorOf(release, name) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxSurge: IntOrString.fromNumber(1),
          maxUnavailable: IntOrString.fromNumber(0),
        },
      },
      template: servicePod(release, name),
    },
  });
  // Sleeping is younger than these types, which would drop it.
  manifest.spec.template.spec.containers[0].lifecycle = {
    preStop: { sleep: { seconds: preStopSeconds } },
  };
  new ApiObject(chart, `${name}-deployment`, manifest);
};

/**
 * A Job cannot be changed, so its name ends in the hash of what it does: the migrations, the image
 * and the rest of its pod. The same for Helm, kubectl and Argo, without hooks.
 */
export const migration: ServiceMaker = (chart, release, name) => {
  const digest = migrationsOf(name);
  if (!digest) return;
  const { ttlSeconds, deadlineSeconds } = release.values.migrations;
  const component = `${name}-migrate`;
  const job = new k8s.KubeJob(chart, component, {
    metadata: metadataOf(release, component),
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: deadlineSeconds,
      ttlSecondsAfterFinished: ttlSeconds,
      template: migrationPod(release, name),
    },
  });
  const { spec } = job.toJson();
  const hash = createHash('sha256')
    .update(`${digest} ${canonicalJson(spec)}`)
    .digest('hex');
  const jobName = `${objectName(release, component)}-${hash.slice(0, 10)}`;
  job.addJsonPatch(JsonPatch.replace('/metadata/name', jobName));
};

export const serviceMonitor: ServiceMaker = (chart, release, name) => {
  const { serviceMonitor: monitor } = release.values.telemetry;
  if (!monitor.enabled) return;
  new ApiObject(chart, `${name}-monitor`, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: {
      ...metadataOf(release, name),
      labels: { ...labelsOf(release, name), ...monitor.labels },
    },
    spec: {
      selector: { matchLabels: selectorOf(release, name) },
      endpoints: [{ port: 'management', path: '/metrics', interval: monitor.interval }],
    },
  });
};
