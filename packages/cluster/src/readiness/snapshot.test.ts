import { expect, test } from 'vitest';
import { unfinished } from './rolled-out.ts';
import { asWorkload, type DaemonSet } from './snapshot.ts';
import { empty } from './snapshot-test.ts';

const onThreeNodes = (status: Partial<DaemonSet['status']>): DaemonSet => ({
  kind: 'DaemonSet',
  metadata: { name: 'guichet-collector-agent', generation: 2 },
  status: {
    observedGeneration: 2,
    desiredNumberScheduled: 3,
    currentNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberAvailable: 3,
    ...status,
  },
});
const left = (status: Partial<DaemonSet['status']>) =>
  unfinished({ ...empty, workloads: [asWorkload(onThreeNodes(status))] });

test('a pod of every node is there when each node has the newest that answers', () => {
  expect(left({})).toEqual([]);
  expect(left({ numberAvailable: 2 })).toEqual(['daemonset/guichet-collector-agent']);
  expect(left({ updatedNumberScheduled: 1 })).toEqual(['daemonset/guichet-collector-agent']);
  expect(left({ observedGeneration: 1 })).toEqual(['daemonset/guichet-collector-agent']);
});
