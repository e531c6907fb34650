import { setTimeout as sleep } from 'node:timers/promises';
import { loadTestObjects } from '@guichet/cdk8s/src/load-test';
import { type Cluster, findCluster } from '@guichet/cluster/cluster/find-cluster';
import { guichet, namespace } from '@guichet/cluster/deploy/release';
import type { Tools } from '@guichet/cluster/tools';
import { demoPeople } from '@guichet/local-stack/demo/accounts';
import { execa } from 'execa';
import { CannotLoad } from '../buying/settings.ts';
import { asEnvironment, type Choices } from './choices.ts';
import { k6Version } from './k6.ts';
import { type Pod, podEnded, podStarted } from './pod.ts';
import { readScripts } from './scripts.ts';

const job = `${guichet}-load-test`;
const publicImage = `grafana/k6:${k6Version}`;
const ownImage = `guichet/k6:${k6Version}`;

/** The image that the cluster can have: a public one, or where it can pull nothing one made here. */
async function provideImage({ pulls, tools }: Cluster): Promise<string> {
  if (pulls) return publicImage;
  const args = ['--no-print-directory', 'backing-images', 'load-images', 'ONLY=k6'];
  await execa('make', args, { env: tools.env, stdio: 'inherit' });
  return ownImage;
}

/** Asks for the pod of the Job until it is as `find` wants it. */
async function awaitPod<T>({ get }: Tools, find: (pod: Pod) => T | undefined): Promise<T> {
  for (;;) {
    const { items } = await get<{ items: Pod[] }>('pods', '-n', namespace, '-l', `job-name=${job}`);
    const found = items[0] && find(items[0]);
    if (found !== undefined) return found;
    await sleep(500);
  }
}

/** Loads the release in the cluster, by a Job beside it, and answers how k6 ended. */
export async function loadInCluster({ scenario, settings }: Choices): Promise<number> {
  const cluster = await findCluster();
  const { tools } = cluster;
  const objects = loadTestObjects({
    name: job,
    namespace,
    image: await provideImage(cluster),
    script: `scenarios/${scenario}.ts`,
    scripts: readScripts(),
    environment: {
      ...asEnvironment(settings),
      BASE_URL: `http://${guichet}-gateway:8080`,
      ORGANISER_EMAIL: demoPeople.admin.email,
    },
    password: { name: 'guichet-stand-ins', key: 'DEMO_PASSWORD' },
  });
  // A Job cannot be changed; what is left of the one before goes first.
  await tools.kubectl('delete', 'job', job, '-n', namespace, '--ignore-not-found', '--wait');
  await tools.apply({ apiVersion: 'v1', kind: 'List', items: objects });

  const { why } = await awaitPod(tools, podStarted);
  if (why) throw new CannotLoad(`The Job ${job} does not start: ${why}.`);
  const logs = ['logs', '-f', `job/${job}`, '-n', namespace];
  await execa('kubectl', logs, { env: tools.env, stdio: 'inherit', reject: false });
  return awaitPod(tools, podEnded);
}
