import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query, rabbitClient, s3Client, throughPort, valkey } from './clients.ts';
import { apply, forward, kubectl, makeNamespace, startCaller } from './cluster.ts';
import {
  deploy,
  exporters,
  given,
  helm,
  inNamespace,
  namespace,
  pods,
  ports,
  release,
  secret,
  secrets,
  servers,
  up,
  withClient,
  word,
  words,
} from './deployed-backing-test.ts';
import { findTellers } from './exporters/tellers.ts';
import { chart, tool } from './helm.ts';

let removeNamespace = async (): Promise<unknown> => undefined;
beforeAll(async () => {
  ({ remove: removeNamespace } = await makeNamespace(namespace));
  await deploy('install');
});
afterAll(() => removeNamespace());

/** One installation for all, in this order: what is done to it comes after what is asked of it. */
describe('guichet-backing on a cluster', () => {
  test('is ready without a restart', async () => {
    const running = await pods();
    expect(running).toHaveLength(servers.length + exporters + 1);
    for (const { metadata, status } of running) {
      for (const { ready, restartCount } of status.containerStatuses) {
        expect({ pod: metadata.name, ready, restartCount }).toEqual({
          pod: metadata.name,
          ready: true,
          restartCount: 0,
        });
      }
    }
  });

  test('passes helm test', async () => {
    const said = await helm('test', release, '--timeout', '3m');
    expect(said.match(/Phase: +(\w+)/g)).not.toBeNull();
    expect(said).not.toMatch(/Phase: +(?!Succeeded)\w/);
  });

  test.each(servers)(
    '%s takes and gives back a word, with the generated credentials',
    async (server) => {
      expect(
        await withClient(server, async (client) => {
          await client.write(word);
          return client.read();
        }),
      ).toBe(word);
    },
  );

  test('another password is refused', async () => {
    const {
      'guichet-identity': identity,
      'guichet-gateway': gateway,
      'guichet-s3': s3,
    } = await secrets();
    const wrong = (url = '') => url.replace(/:[^:@]+@/, ':wrong@');
    const asked = {
      postgres: (port: number) =>
        query(throughPort(wrong(identity?.DATABASE_URL), port), 'select 1'),
      rabbitmq: (port: number) =>
        rabbitClient(throughPort(wrong(identity?.MESSAGES_URL), port)).read(),
      valkey: (port: number) =>
        valkey(throughPort(wrong(gateway?.VALKEY_URL), port), 'GET', 'word'),
      s3: (port: number) =>
        s3Client(`http://127.0.0.1:${port}`, {
          accessKey: s3?.accessKey ?? '',
          secretKey: 'wrong',
        }).read(),
    };
    for (const [server, ask] of Object.entries(asked) as [
      keyof typeof asked,
      (port: number) => Promise<unknown>,
    ][]) {
      const { port, stop } = await forward(namespace, `guichet-${server}`, ports[server]);
      await expect(ask(port), server).rejects.toThrow(
        /password authentication failed|ACCESS_REFUSED|WRONGPASS|error: 403/,
      );
      stop();
    }
  });

  test('a service enters no database but its own, and the superuser comes by no network', async () => {
    const { DATABASE_URL = '' } = await secret('guichet-identity');
    const { port, stop } = await forward(namespace, 'guichet-postgres', ports.postgres);
    for (const database of ['guichet_reservation', 'postgres', 'template1']) {
      const url = new URL(throughPort(DATABASE_URL, port));
      url.pathname = `/${database}`;
      await expect(query(url.href, 'select 1')).rejects.toThrow(/permission denied for database/);
    }
    stop();
    const asSuperuser = 'psql -h "$(hostname -i)" -U postgres -c "select 1" 2>&1 || true';
    expect(
      await inNamespace(
        'exec',
        'guichet-postgres-0',
        '-c',
        'postgres',
        '--',
        'sh',
        '-c',
        asSuperuser,
      ),
    ).toMatch(/pg_hba.conf rejects connection for host .*, user "postgres"/);
  });

  test('a pod of Guichet is let in, a stranger is not, and a server calls nobody', async () => {
    const partOf = (name: string) => ({ 'app.kubernetes.io/part-of': name });
    const friend = await startCaller(namespace, 'friend', partOf('guichet'));
    const stranger = await startCaller(namespace, 'stranger', partOf('something-else'));
    const server = await startCaller(namespace, 'server', {
      ...partOf('guichet-backing'),
      'app.kubernetes.io/instance': release,
      'app.kubernetes.io/name': 'test-of-egress',
    });
    const addressOf = (service: string, of = namespace) =>
      kubectl('-n', of, 'get', 'service', service, '-o', 'jsonpath={.spec.clusterIP}');

    for (const name of servers) {
      const address = await addressOf(`guichet-${name}`);
      expect(await friend.reaches(address, ports[name]), `friend to ${name}`).toBe(true);
      expect(await stranger.reaches(address, ports[name]), `stranger to ${name}`).toBe(false);
    }
    // The stranger is kept out by the servers and not by himself: elsewhere he gets through.
    const dns = await addressOf('kube-dns', 'kube-system');
    expect(await stranger.reaches(dns, 53)).toBe(true);
    expect(await server.reaches(dns, 53)).toBe(false);
    await inNamespace('delete', 'pod', 'friend', 'stranger', 'server', '--now');
  });

  test('of each server somebody tells that it is up, and tells it to Prometheus alone', async () => {
    const tellers = await findTellers(namespace);
    expect(tellers.map(({ server }) => server).sort()).toEqual(Object.keys(up).sort());

    const friend = await startCaller(namespace, 'friend', {
      'app.kubernetes.io/part-of': 'guichet',
    });
    for (const { server, address, port, told } of tellers) {
      expect(await told(), server).toMatch(up[server as keyof typeof up]);
      expect(await friend.reaches(address, port), `friend to metrics of ${server}`).toBe(false);
    }
    await inNamespace('delete', 'pod', 'friend', '--now');
  });

  test('an upgrade keeps every byte of every Secret and restarts nothing', async () => {
    const [before, podsBefore] = [await secrets(), await pods()];
    await deploy('upgrade');
    expect(await secrets()).toEqual(before);
    expect((await pods()).map(({ metadata }) => metadata.uid).sort()).toEqual(
      podsBefore.map(({ metadata }) => metadata.uid).sort(),
    );
  });

  test('a deleted pod comes back with its data', async () => {
    await inNamespace('delete', ...servers.map((server) => `pod/guichet-${server}-0`));
    for (const server of servers) {
      await inNamespace('rollout', 'status', `statefulset/guichet-${server}`, '--timeout=4m');
    }
    expect(await words()).toEqual(servers.map(() => word));
  });

  test('a password that is taken away is made anew, and everybody follows', async () => {
    const before = await secrets();
    const changed = { postgres: 'guichet_identity', rabbitmq: 'password', valkey: 'password' };
    for (const [server, key] of Object.entries(changed)) {
      const patch = JSON.stringify([{ op: 'remove', path: `/data/${key}` }]);
      await inNamespace('patch', 'secret', `guichet-${server}`, '--type=json', '-p', patch);
    }
    await deploy('upgrade');

    const after = await secrets();
    for (const [server, key] of Object.entries(changed)) {
      expect(after[`guichet-${server}`]?.[key]).toHaveLength(32);
      expect(after[`guichet-${server}`]?.[key]).not.toBe(before[`guichet-${server}`]?.[key]);
    }
    expect(after['guichet-reservation']?.SEALING_KEY).toBe(
      before['guichet-reservation']?.SEALING_KEY,
    );
    expect(await words()).toEqual(servers.map(() => word));
  });

  test('what somebody added to a Secret stays', async () => {
    const stringData = { stringData: { GMAIL_CLIENT_ID: 'mine' } };
    await inNamespace('patch', 'secret', 'guichet-notification', '-p', JSON.stringify(stringData));
    await deploy('upgrade');
    expect(await secret('guichet-notification')).toHaveProperty('GMAIL_CLIENT_ID', 'mine');
  });

  test('what cannot be changed in place is refused with what to do', async () => {
    await expect(deploy('upgrade', '--set', 'persistence.enabled=false')).rejects.toThrow(
      /persistence.enabled cannot change.*kubectl -n \S+ delete statefulset guichet-mongo --cascade=orphan/s,
    );
    await expect(deploy('upgrade', '--set', 'servers.postgres.volume.size=3Gi')).rejects.toThrow(
      /servers.postgres.volume.size is 3Gi and the claim was made with 2Gi.*resize the claim/s,
    );
  });

  test('a volume of another PostgreSQL is refused with what to do, and not touched', async () => {
    const inPostgres = (script: string) =>
      inNamespace('exec', 'guichet-postgres-0', '-c', 'postgres', '--', 'sh', '-c', script);
    const pretend = `cd /guichet/data && cp -r pgdata other && echo 9 > other/PG_VERSION && sed 's|/guichet/data/pgdata|/guichet/data/other|' /guichet/config/prepare | sh 2>&1 || true; rm -r other`;
    expect(await inPostgres(pretend)).toMatch(
      /holds a database of PostgreSQL 9, and this image is PostgreSQL \d+: name an image of version 9/,
    );
  });

  test('uninstalling leaves volumes and Secrets, and installing again finds both', async () => {
    const before = await secrets();
    await helm('uninstall', release, '--wait');
    await inNamespace(
      'wait',
      '--for=delete',
      'pod',
      '-l',
      `app.kubernetes.io/instance=${release}`,
      '--timeout=4m',
    );

    const kinds = 'all,configmap,networkpolicy,serviceaccount,secret,pvc';
    const left = (await inNamespace('get', kinds, '-o', 'name')).trim().split('\n');
    const always = ['configmap/kube-root-ca.crt', 'serviceaccount/default'];
    expect(left.filter((name) => !always.includes(name)).sort()).toEqual(
      [
        ...Object.keys(before).map((name) => `secret/${name}`),
        ...servers.map((server) => `persistentvolumeclaim/data-guichet-${server}-0`),
        'persistentvolumeclaim/guichet-stand-ins',
      ].sort(),
    );

    await deploy('install');
    expect(await secrets()).toEqual(before);
    expect(await words()).toEqual(servers.map(() => word));
  });
});

describe('Secrets that something else is to make', () => {
  const elsewhere = `${namespace}-none`;
  beforeAll(async () => void (await makeNamespace(elsewhere)));
  afterAll(() => kubectl('delete', 'namespace', elsewhere, '--wait=false'));

  test('are named, with their keys, when they are missing', async () => {
    await apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'guichet-catalog', namespace: elsewhere },
    });
    const args = [
      '-n',
      elsewhere,
      'install',
      release,
      chart,
      ...given,
      '--set',
      'secrets.create=false',
    ];
    await expect(tool('helm', args)).rejects.toThrow(
      /Secret guichet-gateway is not in namespace \S+: make it with the keys LINE_TOKEN_KEYS, MESSAGES_URL, SERVICE_CLIENT_SECRET, VALKEY_URL, or set secrets.create to true/,
    );
  });
});
