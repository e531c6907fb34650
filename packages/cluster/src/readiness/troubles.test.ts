import { expect, test } from 'vitest';
import type { Snapshot } from './snapshot.ts';
import { container, deployment, empty, job, pod, warning } from './snapshot-test.ts';
import { troublesOf } from './troubles.ts';

const sentences = (snapshot: Partial<Snapshot>) =>
  troublesOf({ ...empty, ...snapshot }).map(({ object, says }) => `${object} ${says}`);
const waitingFor = (reason: string, message?: string) =>
  container({ state: { waiting: { reason, ...(message && { message }) } } });

test.each(['ErrImageNeverPull', 'ErrImagePull', 'ImagePullBackOff'])(
  'an image that is not there (%s) is named, with what to do',
  (reason) => {
    const pods = [pod('guichet-reservation-1', { containerStatuses: [waitingFor(reason)] })];

    expect(sentences({ pods })).toEqual([
      `pod/guichet-reservation-1 has no image guichet/reservation:dev (${reason}): build and load it (\`make images load-images TAG=…\`), or deploy a TAG that is there.`,
    ]);
  },
);

test('a Secret that is not there is named, whether it is mounted or read', () => {
  const message =
    'MountVolume.SetUp failed for volume "settings" : secret "guichet-gateway" not found';
  const pods = [
    pod('mounts', { containerStatuses: [waitingFor('ContainerCreating')] }),
    pod('reads', {
      containerStatuses: [waitingFor('CreateContainerConfigError', 'secret "a" not found')],
    }),
  ];

  expect(sentences({ pods, events: [warning('Pod', 'mounts', 'FailedMount', message)] })).toEqual([
    expect.stringContaining('pod/mounts cannot be started: MountVolume.SetUp failed'),
    expect.stringContaining('pod/reads cannot be started: secret "a" not found'),
  ]);
});

test('a pod that finds no node says what is missing', () => {
  const conditions = [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 Insufficient cpu.',
    },
  ];

  expect(sentences({ pods: [pod('big', { conditions })] })[0]).toMatch(
    /^pod\/big finds no node \(0\/1 nodes are available: 1 Insufficient cpu\.\): `make doctor`/,
  );
});

test('a Job that failed is over at once, and its pod knows why', () => {
  const failed = job('guichet-reservation-migrate-1', ['Failed', 'Job was active too long']);
  const own = pod('guichet-reservation-migrate-1-x', { phase: 'Failed' });
  own.metadata.labels = { 'batch.kubernetes.io/job-name': failed.metadata.name };

  expect(troublesOf({ ...empty, jobs: [failed], pods: [own] })[0]).toMatchObject({
    object: 'job/guichet-reservation-migrate-1',
    says: expect.stringContaining('has failed (Job was active too long)'),
    patienceMs: 0,
    log: { pod: 'guichet-reservation-migrate-1-x', container: 'reservation' },
  });
});

test('who crashes is asked what it said before it ended', () => {
  const crashing = container({
    restartCount: 3,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
  });

  expect(
    troublesOf({ ...empty, pods: [pod('crashing', { containerStatuses: [crashing] })] }),
  ).toEqual([
    expect.objectContaining({
      says: 'ended 3 times.',
      log: expect.objectContaining({ previous: true }),
    }),
  ]);
});

test('who runs and is not ready may wait for as long as it likes', () => {
  expect(troublesOf({ ...empty, pods: [pod('waits')] })).toEqual([
    expect.objectContaining({
      says: 'runs, and is not ready.',
      patienceMs: Number.POSITIVE_INFINITY,
      log: { pod: 'waits', container: 'reservation', previous: false },
    }),
  ]);
});

test('pods that may not be made are told of by whoever would make them', () => {
  const refused = deployment('guichet-gateway', { replicas: 0 });
  refused.status.conditions = [
    { type: 'ReplicaFailure', status: 'True', message: 'violates PodSecurity "restricted"' },
  ];

  expect(sentences({ workloads: [refused] })).toEqual([
    'deployment/guichet-gateway may not make its pods: violates PodSecurity "restricted".',
  ]);
});

test('nothing is said of what is ready, has ended well or is going', () => {
  const going = pod('going');
  going.metadata.deletionTimestamp = '2028-10-07T19:00:00Z';
  const pods = [
    pod('ready', { conditions: [{ type: 'Ready', status: 'True' }] }),
    pod('over', { phase: 'Succeeded' }),
    going,
  ];

  expect(sentences({ pods, workloads: [deployment('guichet-gateway')] })).toEqual([]);
});
