import { expect, test } from 'vitest';
import { unfinished } from './rolled-out.ts';
import type { Workload } from './snapshot.ts';
import { deployment, empty, job } from './snapshot-test.ts';

const of = (...workloads: Workload[]) => unfinished({ ...empty, workloads });

test('everything is there when all pods are new and available, and the Jobs are over', () => {
  const jobs = [job('guichet-reservation-migrate-1', ['Complete'])];

  expect(unfinished({ ...empty, workloads: [deployment('guichet-gateway')], jobs })).toEqual([]);
});

test.each([
  ['an upgrade that was not seen yet', { observedGeneration: 1 }],
  ['a pod of the old form that still serves', { replicas: 3 }],
  ['a pod of the new form that is not there', { updatedReplicas: 1, replicas: 2 }],
  ['a pod that is not available', { availableReplicas: 1 }],
])('%s is waited for', (_, status) => {
  expect(of(deployment('guichet-gateway', status))).toEqual(['deployment/guichet-gateway']);
});

test('a Job that runs is waited for', () => {
  expect(unfinished({ ...empty, jobs: [job('migrate')] })).toEqual(['job/migrate']);
});

test('what is being deleted is not', () => {
  const going = deployment('old', { availableReplicas: 0 });
  going.metadata.deletionTimestamp = '2028-10-07T19:00:00Z';

  expect(of(going)).toEqual([]);
});
