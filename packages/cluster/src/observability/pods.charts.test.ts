import { describe, expect, test } from 'vitest';
import { chart, ofKind, render, set, tools, valuesOf, workloadsOf } from './rendered.ts';

const profiles: [string, string[]][] = [
  ['default', []],
  ['EKS', valuesOf('eks')],
  ['kind', valuesOf('kind')],
  ['offline', [...valuesOf('kind'), ...valuesOf('offline')]],
  ['nothing kept', [...valuesOf('kind'), ...set('persistence.enabled=false')]],
];

describe.each(profiles)('with the values of %s', (_name, args) => {
  test('helm lint has nothing to say', async () => {
    expect(await tools.helm('lint', '--strict', chart, ...args)).toContain('0 chart(s) failed');
  });

  test('Pod Security "restricted" admits every pod but the agent’s', async () => {
    const workloads = workloadsOf(await render(args)).filter(({ kind }) => kind !== 'DaemonSet');
    for (const { metadata, spec } of workloads) {
      const pod = spec.template.spec;
      expect(pod.securityContext, metadata.name).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(
        pod.volumes.filter((volume: object) => 'hostPath' in volume),
        metadata.name,
      ).toEqual([]);
      for (const container of pod.containers) {
        expect(container.securityContext, metadata.name).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
    expect(workloads.length).toBeGreaterThanOrEqual(6);
  });

  test('the agent reads the pods’ lines as root, and can do nothing else that root can', async () => {
    const agents = ofKind(await render(args), 'DaemonSet');
    expect(agents).toHaveLength(1);
    const [{ containers, volumes, automountServiceAccountToken }] = agents.map(
      ({ spec }) => spec.template.spec,
    );
    expect(automountServiceAccountToken).toBe(false);
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['DAC_READ_SEARCH'] },
    });
    const paths = volumes.flatMap(({ hostPath }: { hostPath?: { path: string } }) =>
      hostPath ? [hostPath.path] : [],
    );
    expect(paths).toEqual(['/var/log/pods', '/var/lib/guichet-collector-agent']);
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'pods',
      mountPath: '/var/log/pods',
      readOnly: true,
    });
  });

  test('a token is given to those who ask the API server, which are two', async () => {
    const given = workloadsOf(await render(args))
      .filter(({ spec }) => spec.template.spec.automountServiceAccountToken !== false)
      .map(({ metadata }) => metadata.name);
    expect(given.sort()).toEqual(['guichet-kube-state-metrics', 'guichet-prometheus']);
  });

  test('the garbage collector sweeps before the limit kills', async () => {
    for (const { metadata, spec } of workloadsOf(await render(args))) {
      for (const { env, resources } of spec.template.spec.containers) {
        const limit = Number.parseInt(resources.limits.memory, 10);
        const { value } = env.find(({ name }: { name: string }) => name === 'GOMEMLIMIT');
        expect(Number.parseInt(value, 10), metadata.name).toBe(Math.floor(limit * 0.85));
        expect(resources.limits, metadata.name).not.toHaveProperty('cpu');
        expect(Number.parseInt(resources.requests.memory, 10)).toBeLessThan(limit);
      }
    }
  });

  test('whatever is mounted or selected is there', async () => {
    const objects = await render(args);
    const there = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    for (const { spec } of workloadsOf(objects)) {
      const { volumes, serviceAccountName } = spec.template.spec;
      for (const { configMap, secret } of volumes) {
        if (configMap) expect(there).toContain(`ConfigMap ${configMap.name}`);
        // Keys of receivers are somebody’s to bring.
        if (secret && secret.secretName !== 'guichet-alerts')
          expect(there).toContain(`Secret ${secret.secretName}`);
      }
      if (serviceAccountName !== 'default') {
        expect(there).toContain(`ServiceAccount ${serviceAccountName}`);
      }
    }
    for (const { metadata, spec } of ofKind(objects, 'Service')) {
      const selected = workloadsOf(objects).filter(({ spec: { template } }) =>
        Object.entries(spec.selector).every(
          ([key, value]) => template.metadata.labels[key] === value,
        ),
      );
      expect(selected, metadata.name).toHaveLength(1);
    }
  });
});
