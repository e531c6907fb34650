import { CannotRun } from '../cannot-run.ts';
import type { Cluster } from '../cluster/find-cluster.ts';
import { bringObservabilityImages } from '../cluster/kit.ts';
import { observabilityProfile } from '../footprint/render-profile.ts';
import { monitoring, observability } from './release.ts';
import { upgrade } from './upgrade.ts';

type Namespace = { metadata: { labels?: Record<string, string> } };

const mark = { 'app.kubernetes.io/part-of': observability };

/** The namespace is ours when we made it: one that was there has somebody else’s watchers in it. */
export async function isOurs({ tools }: Cluster): Promise<boolean | undefined> {
  const found = await tools.kubectl(
    ...['get', 'namespace', monitoring, '--ignore-not-found', '-o', 'json'],
  );
  if (found.trim() === '') return undefined;
  const { metadata } = JSON.parse(found) as Namespace;
  return metadata.labels?.['app.kubernetes.io/part-of'] === observability;
}

/** Admits the agents’ pods, which read a folder of the node; every other one would be `restricted`. */
const ownNamespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: monitoring,
    labels: { ...mark, 'pod-security.kubernetes.io/enforce': 'privileged' },
  },
};

/** Installs or upgrades what sees Guichet run, without waiting for it. */
export async function installObservability(
  cluster: Cluster,
  { drill, say }: { drill: boolean; say: (line: string) => void },
): Promise<void> {
  if ((await isOurs(cluster)) === false) {
    throw new CannotRun(
      `Namespace ${monitoring} is there and was not made by \`make deploy\`: install charts/guichet-observability by hand, or point at what is there (docs/observability.md).`,
    );
  }
  await cluster.tools.apply(ownNamespace);
  if (!cluster.pulls) {
    say('NO GRAFANA HERE: its image cannot be pulled. Its dashboards are tested all the same.');
    await bringObservabilityImages();
  }
  const offline = cluster.pulls ? [] : ['-f', 'charts/guichet-observability/values-offline.yaml'];
  await upgrade(
    cluster,
    { release: observability, profile: observabilityProfile, namespace: monitoring },
    [...offline, '--set', `drill=${drill}`],
  );
}
