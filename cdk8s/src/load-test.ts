import { App, Chart } from 'cdk8s';
import { ConfigMap, k8s } from 'cdk8s-plus-27';
import { runAsUser } from './service.ts';

const { Quantity } = k8s;

/** A load test as a Job beside the release. */
export type LoadTest = {
  readonly name: string;
  readonly namespace: string;
  /** k6's. */
  readonly image: string;
  /** Which of the scripts k6 runs. */
  readonly script: string;
  /** What k6 reads, by its path. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Where the organiser's password is, so that it stands in no manifest. */
  readonly password: { readonly name: string; readonly key: string };
};

const folder = '/load-tests';

/** A ConfigMap's keys have no folders: each file is told where it goes. */
const keyOf = (path: string) => path.replaceAll('/', '.');

function podOf({ name, image, script, scripts, environment, password }: LoadTest): k8s.PodSpec {
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser,
      runAsGroup: runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'k6',
        image,
        imagePullPolicy: 'IfNotPresent',
        args: ['run', '--no-usage-report', '--quiet', '--no-color', `${folder}/${script}`],
        env: [
          ...Object.entries(environment).map(([key, value]) => ({ name: key, value })),
          { name: 'ORGANISER_PASSWORD', valueFrom: { secretKeyRef: { ...password } } },
        ],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        // A buyer is a JavaScript engine of about a megabyte.
        resources: {
          requests: { cpu: Quantity.fromString('200m'), memory: Quantity.fromString('256Mi') },
          limits: { memory: Quantity.fromString('1Gi') },
        },
        volumeMounts: [{ name: 'scripts', mountPath: folder, readOnly: true }],
      },
    ],
    volumes: [
      {
        name: 'scripts',
        configMap: {
          name,
          items: Object.keys(scripts).map((path) => ({ key: keyOf(path), path })),
        },
      },
    ],
  };
}

/** Its scripts, and the Job that runs one of them once. */
export function loadTestObjects(loadTest: LoadTest): Record<string, unknown>[] {
  const { name, namespace, scripts } = loadTest;
  const data = new Map<string, string>();
  for (const [path, text] of Object.entries(scripts)) {
    const key = keyOf(path);
    if (data.has(key)) throw new Error(`Two scripts would be ${key} in the ConfigMap.`);
    data.set(key, text);
  }
  const labels = { 'app.kubernetes.io/name': 'load-test', 'app.kubernetes.io/instance': name };
  const metadata = { name, namespace, labels };
  const chart = new Chart(new App(), name, { disableResourceNameHashes: true });
  new ConfigMap(chart, 'scripts', {
    metadata,
    data: Object.fromEntries(data),
  });
  new k8s.KubeJob(chart, 'job', {
    metadata,
    spec: {
      // A second try would be another load, and hide that the first one failed.
      backoffLimit: 0,
      ttlSecondsAfterFinished: 3_600,
      template: { metadata: { labels }, spec: podOf(loadTest) },
    },
  });
  return chart.toJson();
}
