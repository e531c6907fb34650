import { expect, test } from 'vitest';
import { type LoadTest, loadTestObjects } from './load-test.ts';

const loadTest: LoadTest = {
  name: 'rush',
  namespace: 'shop',
  image: 'grafana/k6:2.2.0',
  script: 'scenarios/soak.ts',
  scripts: { 'scenarios/soak.ts': 'soak', 'buying/api.ts': 'api' },
  environment: { RATE: '7' },
  password: { name: 'demo', key: 'PASSWORD' },
};

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, looked into by a test
const [configMap, job] = loadTestObjects(loadTest) as any[];
const pod = job.spec.template.spec;
const [container] = pod.containers;

test('every script is in the ConfigMap, and mounted where the others import it from', () => {
  const { items, name } = pod.volumes[0].configMap;
  expect(name).toBe(configMap.metadata.name);
  const mounted = items.map(({ key, path }: { key: string; path: string }) => [
    path,
    configMap.data[key],
  ]);
  expect(Object.fromEntries(mounted)).toEqual(loadTest.scripts);
  expect(container.args.at(-1)).toBe(`${container.volumeMounts[0].mountPath}/scenarios/soak.ts`);
});

test('two scripts with one key are refused', () => {
  const scripts = { 'buying/api.ts': 'a', 'buying.api.ts': 'b' };
  expect(() => loadTestObjects({ ...loadTest, scripts })).toThrow('buying.api.ts');
});

test('a failed load is not tried again', () => {
  expect(job.spec.backoffLimit).toBe(0);
  expect(pod.restartPolicy).toBe('Never');
});

test('its pod is admitted where `restricted` is enforced', () => {
  expect(pod.securityContext).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
});

test('the password is in no manifest', () => {
  expect(container.env).toContainEqual({
    name: 'ORGANISER_PASSWORD',
    valueFrom: { secretKeyRef: { name: 'demo', key: 'PASSWORD' } },
  });
});

test('no policy of the release is about its pod', () => {
  expect(job.spec.template.metadata.labels).not.toHaveProperty(['app.kubernetes.io/part-of']);
});
