import { expect } from 'vitest';
import type { Cluster } from '../cluster/find-cluster.ts';
import { deploy } from '../deploy/deploy.ts';
import { guichet, namespace } from '../deploy/release.ts';
import { rollback } from '../deploy/rollback.ts';
import { kindProfile } from '../footprint/render-profile.ts';
import { installMs } from './eventually.ts';
import { connectFrom } from './run-in-pod.ts';

const complaintOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

/** A pod as one that breaks out of its container would like to be. */
export async function refusesAPodThatIsNotRestricted({ tools }: Cluster): Promise<void> {
  const pod = (securityContext: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'not-ours', namespace },
    spec: {
      hostNetwork: true,
      containers: [{ name: 'not-ours', image: 'guichet/gateway:dev', securityContext }],
    },
  });

  const complaint = await complaintOf(tools.apply(pod({ privileged: true, runAsUser: 0 })));
  expect(complaint).toMatch(/violates PodSecurity "restricted/);
  expect(complaint).toMatch(/host namespaces.+privileged.+runAsNonRoot/s);
}

/** Whom the catalogue lets a service call can be reached from its pod, and nobody else. */
export async function refusesUndeclaredConnections({ tools }: Cluster): Promise<void> {
  const service = (name: string) => `${guichet}-${name}`;

  expect(await connectFrom(tools, 'notification', service('identity'), 8080)).toBe('connected');
  expect(await connectFrom(tools, 'gateway', service('payment'), 8080)).toBe('connected');
  expect(await connectFrom(tools, 'notification', service('payment'), 8080)).not.toBe('connected');

  expect(await connectFrom(tools, 'reservation', 'guichet-postgres', 5432)).toBe('connected');
  expect(await connectFrom(tools, 'catalog', 'guichet-postgres', 5432)).not.toBe('connected');
  // A management port is for the door alone.
  expect(await connectFrom(tools, 'gateway', service('reservation'), 9080)).toBe('connected');
  expect(await connectFrom(tools, 'payment', service('reservation'), 9080)).not.toBe('connected');
}

/** What the API server would be asked with these values, without a change. */
const tryValues = ({ tools }: Cluster, ...values: string[]) =>
  complaintOf(
    tools.helm(
      ...['upgrade', guichet, ...kindProfile.guichet, '-n', namespace, '--dry-run=server'],
      ...values.flatMap((value) => ['--set', value]),
    ),
  );

export async function refusesValuesWithASentence(cluster: Cluster): Promise<void> {
  expect(await tryValues(cluster)).toBe('nothing was refused');
  expect(await tryValues(cluster, 'services.gateway.replica=3')).toMatch(/replica/);
  expect(await tryValues(cluster, 'drain.preStopSeconds=soon')).toMatch(/preStopSeconds/);
  expect(await tryValues(cluster, 'services.reservation.autoscaling.min=9')).toMatch(
    /services\.reservation\.autoscaling\.min \(9\) is above its max \(2\): lower min or raise max/,
  );
  expect(await tryValues(cluster, 'exposure.anyHost=false')).toMatch(/exposure\.host is empty/);
  expect(await tryValues(cluster, 'services.payment.existingSecret=nowhere')).toMatch(
    /services\.payment\.existingSecret names the Secret "nowhere", which is not in namespace guichet: create it with the keys .*STRIPE_SECRET_KEY/,
  );
}

/** An image that is not there is named; who serves goes on serving, and a rollback ends it. */
export async function refusesAnImageThatIsNotThere(cluster: Cluster): Promise<void> {
  const options = {
    tag: 'nowhere',
    backing: false,
    observe: false,
    drill: false,
    timeoutMs: installMs,
  };
  const complaint = await complaintOf(deploy(cluster, options, () => {}));

  expect(complaint).toMatch(
    /^pod\/guichet-\S+ has no image \S*guichet\/\w+:nowhere \(\w+\): build and load it/,
  );
  const health = await fetch('http://127.0.0.1:31080/api/health');
  expect(await health.json()).toMatchObject({ status: 'up' });
  await rollback(cluster, { timeoutMs: installMs, say: () => {} });
}
