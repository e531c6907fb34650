import { ToolFailed } from '../tools.ts';
import { answerOf, type Check, missing, ok } from './finding.ts';

/** Chart.yaml’s kubeVersion: the first with a native sleep before a container stops. */
const oldestMinor = 30;

export const serverVersion: Check = async (tools) => {
  const { gitVersion, major, minor } = JSON.parse(await tools.kubectl('get', '--raw', '/version'));
  const says = `Kubernetes ${gitVersion}`;
  return Number(major) > 1 || Number.parseInt(minor, 10) >= oldestMinor
    ? ok(says)
    : missing(
        `${says} is older than 1.${oldestMinor}`,
        'upgrade the cluster: a pod’s last seconds need the sleep action of preStop',
      );
};

export const metricsApi: Check = async (tools) =>
  (await answerOf(tools.kubectl('get', '--raw', '/apis/metrics.k8s.io/v1beta1/nodes')))
    ? ok('metrics API: autoscalers see CPU')
    : missing(
        'no metrics API: autoscalers see nothing and never scale',
        'install metrics-server (https://github.com/kubernetes-sigs/metrics-server), on kind with --kubelet-insecure-tls',
      );

type StorageClasses = {
  items: { metadata: { name: string; annotations?: Record<string, string> } }[];
};
const isDefault = 'storageclass.kubernetes.io/is-default-class';

export const storageClass: Check = async (tools) => {
  const { items } = await tools.get<StorageClasses>('storageclasses');
  const found = items.find(({ metadata }) => metadata.annotations?.[isDefault] === 'true');
  if (found) return ok(`default storage class ${found.metadata.name}`);
  const names = items.map(({ metadata }) => metadata.name).join(', ');
  return missing(
    `no default storage class${names && ` among ${names}`}: the servers’ volumes would stay pending`,
    names
      ? `kubectl annotate storageclass ${items[0]?.metadata.name} ${isDefault}=true, or set persistence.storageClass of guichet-backing`
      : 'install a provisioner, such as the EBS CSI driver or local-path-provisioner',
  );
};

export const gatewayApi: Check = async (tools) => {
  const kinds = ['gateways', 'httproutes'].map((kind) => `crd/${kind}.gateway.networking.k8s.io`);
  return (await answerOf(tools.kubectl('get', ...kinds)))
    ? ok('Gateway API: HTTPRoutes are known')
    : missing(
        'no Gateway API: values-kind.yaml and exposure.type=gateway need it',
        'kubectl apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.0/standard-install.yaml, or set exposure.type=ingress',
      );
};

type GatewayClasses = {
  items: {
    metadata: { name: string };
    status?: { conditions?: { type: string; status: string }[] };
  }[];
};

/** A class that nobody has accepted serves nothing. */
export const gatewayClass: Check = async (tools) => {
  const found = await answerOf(tools.kubectl('get', 'gatewayclasses', '-o', 'json'));
  const { items } = JSON.parse(found ?? '{"items":[]}') as GatewayClasses;
  const accepted = items
    .filter(({ status }) =>
      status?.conditions?.some(({ type, status }) => type === 'Accepted' && status === 'True'),
    )
    .map(({ metadata }) => metadata.name);
  if (accepted.includes('traefik')) return ok('gateway class traefik, as values-kind.yaml says');
  return missing(
    `no gateway class traefik that is accepted${accepted.length > 0 ? `, but ${accepted.join(', ')}` : ''}`,
    accepted.length > 0
      ? `set exposure.gateway.className=${accepted[0]}`
      : 'install a controller of the Gateway API, such as Traefik (`make cluster` does), or set exposure.type=ingress',
  );
};

/** Asked without a change: the admission that enforces the labels also refuses wrong ones. */
export const podSecurity: Check = async (tools) => {
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'guichet-doctor',
      labels: { 'pod-security.kubernetes.io/enforce': 'nonsense' },
    },
  };
  try {
    await tools.run('kubectl', ['create', '--dry-run=server', '-f', '-'], {
      input: JSON.stringify(namespace),
    });
  } catch (error) {
    if (error instanceof ToolFailed && error.complaint.includes('pod-security')) {
      return ok('Pod Security: the label `restricted` is enforced');
    }
    throw error;
  }
  return missing(
    'Pod Security is off: the label `restricted` enforces nothing',
    'remove PodSecurity from the API server’s --disable-admission-plugins',
  );
};
