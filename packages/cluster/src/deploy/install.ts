import type { Cluster } from '../cluster/find-cluster.ts';
import { kindProfile, offlineBacking } from '../footprint/render-profile.ts';
import { installObservability } from './install-observability.ts';
import { backing, type DeployOptions, guichet, namespace } from './release.ts';
import { type Release, upgrade } from './upgrade.ts';

/** The namespace with the label that admits only pods that are `restricted`. */
const ownNamespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};

const ofKind = (release: keyof typeof kindProfile): Release => ({
  release,
  profile: kindProfile[release],
  namespace,
});

/** Makes the namespace, and the servers for development in it. */
export async function installBacking(cluster: Cluster, tag: string): Promise<void> {
  await cluster.tools.apply(ownNamespace);
  const offline = cluster.pulls ? [] : offlineBacking;
  await upgrade(cluster, ofKind(backing), [...offline, '--set', `standIns.image.tag=${tag}`]);
}

/** Installs or upgrades the services; `more` is what Helm is told besides. */
export const installGuichet = (cluster: Cluster, tag: string, more: string[] = []) =>
  upgrade(cluster, ofKind(guichet), ['--set', `image.tag=${tag}`, ...more]);

/** Installs or upgrades the charts, without waiting for what they start. */
export async function install(
  cluster: Cluster,
  { tag, backing: withBacking, observe, drill }: DeployOptions,
  say: (line: string) => void,
): Promise<void> {
  if (withBacking) await installBacking(cluster, tag);
  // Before the services, so that their first spans arrive; after their namespace, which it looks into.
  if (observe) await installObservability(cluster, { drill, say });
  const further = [...(observe ? ['observed'] : []), ...(drill ? ['drill'] : [])];
  await installGuichet(
    cluster,
    tag,
    further.flatMap((name) => ['-f', `charts/guichet/values-${name}.yaml`]),
  );
}
