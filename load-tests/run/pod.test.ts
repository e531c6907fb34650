import { expect, test } from 'vitest';
import { podEnded, podStarted } from './pod.ts';

const pod = (phase: string, state: object = {}, conditions: object[] = []) =>
  ({ status: { phase, containerStatuses: [{ state }], conditions } }) as Parameters<
    typeof podStarted
  >[0];

test('a pod that is being prepared has not begun, nor ended', () => {
  expect(podStarted({})).toBeUndefined();
  expect(podStarted(pod('Pending', { waiting: { reason: 'ContainerCreating' } }))).toBeUndefined();
  expect(podEnded(pod('Running', { running: {} }))).toBeUndefined();
});

test('a pod that runs, or has run, has begun', () => {
  expect(podStarted(pod('Running', { running: {} }))).toEqual({});
  expect(podStarted(pod('Failed', { terminated: { exitCode: 99 } }))).toEqual({});
});

test('a pod that cannot begin says why', () => {
  const waiting = { reason: 'ErrImagePull', message: 'no such image' };
  expect(podStarted(pod('Pending', { waiting }))).toEqual({ why: 'ErrImagePull: no such image' });
  const unscheduled = { type: 'PodScheduled', status: 'False', message: '0/1 nodes: memory' };
  expect(podStarted(pod('Pending', {}, [unscheduled]))).toEqual({ why: '0/1 nodes: memory' });
});

test('a pod that has ended says how', () => {
  expect(podEnded(pod('Failed', { terminated: { exitCode: 99 } }))).toBe(99);
});
