import { findCluster } from '@guichet/cluster/cluster/find-cluster';
import { type Forwarded, forward } from '@guichet/cluster/forward';
import { type Alertmanager, alertmanagerAt } from './alertmanager.ts';
import { type Jaeger, jaegerAt } from './jaeger.ts';
import { type Loki, lokiAt } from './loki.ts';
import { type Prometheus, prometheusAt } from './prometheus.ts';
import { isInCluster, type WatchedStack } from './read-stack.ts';

/** Where `charts/guichet-observability` is installed, and what its Services are called. */
const namespace = 'monitoring';
const services = {
  prometheus: ['guichet-prometheus', 9_090],
  alertmanager: ['guichet-alertmanager', 9_093],
  loki: ['guichet-loki', 3_100],
  jaeger: ['guichet-jaeger', 16_686],
} as const;
type Name = keyof typeof services;
const names = Object.keys(services) as Name[];

/** Those that watch a stack. One that is not there throws a sentence when it is asked for. */
export type Watchers = {
  readonly prometheus: Prometheus;
  readonly alertmanager: Alertmanager;
  readonly loki: Loki;
  readonly jaeger: Jaeger;
  leave(): void;
};

type Urls = Partial<Record<Name, string>>;

const asked = (urls: Urls, why: Partial<Record<Name, string>>) => (name: Name) => {
  const url = urls[name];
  if (url) return url;
  throw new Error(why[name] ?? `${name} does not run here, put its program on the PATH`);
};

function watchersAt(urlOf: (name: Name) => string, leave: () => void): Watchers {
  return {
    get prometheus() {
      return prometheusAt(urlOf('prometheus'));
    },
    get alertmanager() {
      return alertmanagerAt(urlOf('alertmanager'));
    },
    get loki() {
      return lokiAt(urlOf('loki'));
    },
    get jaeger() {
      return jaegerAt(urlOf('jaeger'));
    },
    leave,
  };
}

async function reachInCluster(): Promise<Watchers> {
  const { tools } = await findCluster();
  const forwarded: Forwarded[] = [];
  const urls: Urls = {};
  const why: Partial<Record<Name, string>> = {};
  await Promise.all(
    names.map(async (name) => {
      const [service, port] = services[name];
      try {
        const one = await forward(tools, { namespace, service, port });
        forwarded.push(one);
        urls[name] = one.url;
      } catch (error) {
        why[name] = (error as Error).message;
      }
    }),
  );
  return watchersAt(asked(urls, why), () => {
    for (const { stop } of forwarded) stop();
  });
}

/** At their own addresses on this machine; by `kubectl port-forward` where they are in a cluster. */
export async function reachWatchers(stack: WatchedStack): Promise<Watchers> {
  if (isInCluster(stack)) return reachInCluster();
  const { prometheus, alertmanager, loki, jaeger } = stack.observability ?? {};
  const urls: Urls = {
    ...(prometheus && { prometheus }),
    ...(alertmanager && { alertmanager }),
    ...(loki && { loki }),
    ...(jaeger && { jaeger }),
  };
  return watchersAt(asked(urls, {}), () => {});
}
