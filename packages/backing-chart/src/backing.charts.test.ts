import { describe, expect, test } from 'vitest';
import {
  containersOf,
  mebi,
  milli,
  named,
  ofKind,
  podsOf,
  profiles,
  secretOf,
  values,
} from './backing-charts-test.ts';
import { chart, type KubeObject, render, tool } from './helm.ts';

describe('charts/guichet-backing', () => {
  test.each(profiles)('%s: helm lint has nothing to say', async (_name, args) => {
    expect(await tool('helm', ['lint', '--strict', chart, ...args])).toContain('0 chart(s) failed');
  });

  test.each(profiles)('%s: Pod Security "restricted" admits every pod', async (_name, args) => {
    for (const pod of podsOf(await render(...args))) {
      expect(pod.spec.securityContext, pod.where).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.spec, pod.where).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
      });
      for (const container of containersOf(pod)) {
        expect(container.securityContext, pod.where).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits, pod.where).toEqual({ memory: expect.any(String) });
        expect(container.resources.requests, pod.where).toHaveProperty('cpu');
        expect(container.imagePullPolicy, pod.where).toBe('IfNotPresent');
        expect(container.image, pod.where).toMatch(/:[^:/]+$/);
        expect(container.image, pod.where).not.toMatch(/:latest$/);
      }
    }
  });

  test.each(profiles)('%s: each server has three probes, and not the same', async (_name, args) => {
    const servers = ofKind(await render(...args), 'StatefulSet', 'Deployment');
    for (const container of servers.flatMap(({ spec }) => spec.template.spec.containers)) {
      const { startupProbe, readinessProbe, livenessProbe } = container;
      const probes = [startupProbe, readinessProbe, livenessProbe].map((p) => JSON.stringify(p));
      expect(new Set(probes).size, container.name).toBe(3);
      // A slow start must not be taken for a death.
      expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeGreaterThanOrEqual(60);
    }
  });

  test.each(profiles)('%s: whatever is mounted, read or selected is there', async (_name, args) => {
    const objects = await render(...args);
    const there = (kind: string, name: string) => named(objects, kind, name);
    for (const pod of podsOf(objects)) {
      for (const volume of pod.spec.volumes ?? []) {
        if (volume.secret) there('Secret', volume.secret.secretName);
        if (volume.configMap && !volume.configMap.optional)
          there('ConfigMap', volume.configMap.name);
        const claim = volume.persistentVolumeClaim?.claimName;
        if (claim) there('PersistentVolumeClaim', claim);
      }
      for (const { valueFrom } of containersOf(pod).flatMap(({ env = [] }) => env)) {
        if (!valueFrom) continue;
        const { name, key } = valueFrom.secretKeyRef;
        expect(secretOf(objects, name), `${pod.where} reads ${key} of ${name}`).toHaveProperty(key);
      }
    }
    for (const { spec, metadata } of ofKind(objects, 'Service')) {
      const selected = podsOf(objects).filter(({ labels }) =>
        Object.entries(spec.selector).every(([key, value]) => labels[key] === value),
      );
      expect(selected, metadata.name).toHaveLength(1);
    }
  });

  test.each(profiles)(
    '%s: labels are the agreed ones, selectors two of them',
    async (_name, args) => {
      const objects = await render(...args);
      for (const { kind, metadata } of objects) {
        expect(metadata.labels, `${kind} ${metadata.name}`).toEqual({
          'app.kubernetes.io/name': expect.any(String),
          'app.kubernetes.io/instance': 'guichet-backing',
          'app.kubernetes.io/part-of': 'guichet-backing',
          'app.kubernetes.io/managed-by': 'Helm',
          'helm.sh/chart': 'guichet-backing-0.1.0',
        });
      }
      const two = ['app.kubernetes.io/instance', 'app.kubernetes.io/name'];
      for (const { spec } of ofKind(objects, 'StatefulSet', 'Deployment')) {
        expect(Object.keys(spec.selector.matchLabels).sort()).toEqual(two);
        // Neither a pod nor a claim changes with the chart's version: one restarts, the other cannot.
        const claims = (spec.volumeClaimTemplates ?? []).map((claim: KubeObject) => claim.metadata);
        for (const { labels } of [spec.template.metadata, ...claims]) {
          expect(labels).not.toHaveProperty('helm.sh/chart');
        }
      }
    },
  );

  test('the kind profile requests what the agreed footprint leaves it', async () => {
    const objects = ofKind(await render(...values('kind')), 'StatefulSet', 'Deployment');
    const requests = objects.flatMap(({ spec }) =>
      spec.template.spec.containers.map(
        (container: { resources: { requests: { cpu: string; memory: string } } }) =>
          container.resources.requests,
      ),
    );
    const sum = (of: (request: { cpu: string; memory: string }) => number) =>
      requests.reduce((total, request) => total + of(request), 0);
    expect(sum(({ cpu }) => milli(cpu))).toBeLessThanOrEqual(375);
    expect(sum(({ memory }) => mebi(memory))).toBeLessThanOrEqual(1_192);
  });
});
