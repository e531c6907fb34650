import { spawn } from 'node:child_process';
import { env, tool } from './helm.ts';

export const kubectl = (...args: string[]) => tool('kubectl', args);

/** Makes a namespace that admits only what Pod Security "restricted" does; `remove` waits for its end. */
export async function makeNamespace(name: string) {
  const enforce = 'pod-security.kubernetes.io/enforce';
  await apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { [enforce]: 'restricted' } },
  });
  return { name, remove: () => kubectl('delete', 'namespace', name, '--wait') };
}

export const apply = (object: object) =>
  tool('kubectl', ['apply', '-f', '-'], JSON.stringify(object));

/** A port of this machine that leads to a Service, past the network policies. */
export async function forward(namespace: string, service: string, port: number) {
  const args = ['-n', namespace, 'port-forward', `service/${service}`, `:${port}`];
  const child = spawn('kubectl', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const local = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /127\.0\.0\.1:(\d+)/.exec(said);
      if (found) resolve(Number(found[1]));
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('exit', () => reject(new Error(`kubectl port-forward ended: ${said}`)));
  });
  return { port: local, stop: () => child.kill() };
}

const restrictedShell = {
  image: 'busybox:stable',
  imagePullPolicy: 'IfNotPresent',
  command: ['sleep', '3600'],
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

/** A pod with these labels that does nothing by itself; `reaches` says whether it gets a connection. */
export async function startCaller(namespace: string, name: string, labels: object) {
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65_534,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [{ name, ...restrictedShell }],
    },
  });
  await kubectl('-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=120s');
  return {
    async reaches(host: string, port: number): Promise<boolean> {
      const connect = `nc -w 4 ${host} ${port} -e true && echo yes || echo no`;
      const said = await kubectl('-n', namespace, 'exec', name, '--', 'sh', '-c', connect);
      return said.trim() === 'yes';
    },
  };
}
