import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { dockerRuns } from '@guichet/local-stack/providers/docker';
import { CannotRun } from '../cannot-run.ts';
import { inRepository } from '../repository.ts';
import { createTools, type Tools } from '../tools.ts';
import { kindKubeconfig } from './find-cluster.ts';

const name = 'guichet';
const own = (file: string) => inRepository('packages/cluster/kind', file);

/** What kind has none of: the Gateway API and the metrics that autoscalers follow. */
const gatewayApi =
  'https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.0/standard-install.yaml';
const metricsServer =
  'https://github.com/kubernetes-sigs/metrics-server/releases/download/v0.8.0/components.yaml';
/** kind’s kubelets show certificates that nobody has signed. */
const trustKubelets = JSON.stringify([
  {
    op: 'add',
    path: '/spec/template/spec/containers/0/args/-',
    value: '--kubelet-insecure-tls',
  },
]);

async function addWhatIsMissing({ kubectl }: Tools): Promise<void> {
  await kubectl('apply', '--server-side', '-f', gatewayApi);
  await kubectl('apply', '--server-side', '--force-conflicts', '-f', own('traefik.yaml'));
  await kubectl('apply', '--server-side', '--force-conflicts', '-f', metricsServer);
  await kubectl(
    ...['patch', 'deployment', 'metrics-server', '-n', 'kube-system'],
    ...['--type=json', '-p', trustKubelets],
  );
  await kubectl('rollout', 'status', 'deployment/traefik', '-n', 'traefik', '--timeout=180s');
  await kubectl(
    ...['rollout', 'status', 'deployment/metrics-server', '-n', 'kube-system', '--timeout=180s'],
  );
}

/** A cluster of kind, made where there is none yet; `clean` forgets one that is there. */
export async function startKind({ clean }: { clean: boolean }): Promise<void> {
  if (!(await dockerRuns())) {
    throw new CannotRun(
      'There is no way to a cluster here: start Docker and install kind (https://kind.sigs.k8s.io), or set CLUSTER_KIT to a folder that brings one up without Docker.',
    );
  }
  mkdirSync(dirname(kindKubeconfig), { recursive: true });
  const tools = createTools({ ...process.env, KUBECONFIG: kindKubeconfig });
  if (clean) await stopKind();
  const there = (await tools.run('kind', ['get', 'clusters'])).split('\n').includes(name);
  if (there) {
    await tools.run('kind', ['export', 'kubeconfig', '--name', name]);
    return;
  }
  await tools.run('kind', ['create', 'cluster', '--config', own('cluster.yaml'), '--wait', '180s']);
  await addWhatIsMissing(tools);
}

export const stopKind = async (): Promise<void> => {
  const tools = createTools({ ...process.env, KUBECONFIG: kindKubeconfig });
  await tools.run('kind', ['delete', 'cluster', '--name', name]);
};
