import { CannotRun } from '../cannot-run.ts';
import type { Cluster } from '../cluster/find-cluster.ts';
import { kindProfile } from '../footprint/render-profile.ts';
import { ToolFailed } from '../tools.ts';
import { backing, type DeployOptions, guichet, namespace } from './release.ts';

/** Refusals of the charts and of the API server are sentences already; Helm’s own words around them are not. */
const inOneSentence = (error: unknown): never => {
  if (!(error instanceof ToolFailed)) throw error;
  const [, said] = /These values cannot be installed:\n([\s\S]+?)\n*$/.exec(error.complaint) ?? [];
  throw new CannotRun(said ?? error.message, { cause: error });
};

/** The namespace with the label that admits only pods that are `restricted`. */
const ownNamespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};

type Release = {
  readonly release: string;
  readonly profile: readonly string[];
  readonly namespace: string;
};

export async function upgrade(
  { tools }: Cluster,
  { release, profile, namespace }: Release,
  more: readonly string[],
): Promise<void> {
  await tools
    .helm('upgrade', '--install', release, ...profile, '-n', namespace, ...more)
    .catch(inOneSentence);
}

const ofKind = (release: keyof typeof kindProfile): Release => ({
  release,
  profile: kindProfile[release],
  namespace,
});

/** Makes the namespace, and the servers for development in it. */
export async function installBacking(cluster: Cluster, tag: string): Promise<void> {
  await cluster.tools.apply(ownNamespace);
  const offline = cluster.pulls ? [] : ['-f', 'charts/guichet-backing/values-offline.yaml'];
  await upgrade(cluster, ofKind(backing), [...offline, '--set', `standIns.image.tag=${tag}`]);
}

/** Installs or upgrades the services; `more` is what Helm is told besides. */
export const installGuichet = (cluster: Cluster, tag: string, more: string[] = []) =>
  upgrade(cluster, ofKind(guichet), ['--set', `image.tag=${tag}`, ...more]);

/** Installs or upgrades both charts, without waiting for what they start. */
export async function install(
  cluster: Cluster,
  { tag, backing: withBacking, observe }: DeployOptions,
): Promise<void> {
  if (withBacking) await installBacking(cluster, tag);
  await installGuichet(cluster, tag, observe ? ['-f', 'charts/guichet/values-observed.yaml'] : []);
}
