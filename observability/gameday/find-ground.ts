import { findCluster } from '@guichet/cluster/cluster/find-cluster';
import { namespace } from '@guichet/cluster/deploy/release';
import { type Forwarded, forward } from '@guichet/cluster/forward';
import { isInCluster, type WatchedStack } from '../watchers/read-stack.ts';
import type { Ground } from './ground.ts';
import { standInAt } from './stand-in.ts';

const standIns = ({ stripe, inbox }: WatchedStack) => ({
  stripe: standInAt(new URL('/_admin/faults', stripe.api)),
  mail: standInAt(new URL('/faults', inbox)),
});

function machine(stack: WatchedStack): Ground {
  const { postgres, messages } = stack.backing ?? {};
  return {
    kind: 'machine',
    ...standIns(stack),
    messagesUrl: async () => messages?.url ?? '',
    async databaseUrl(service) {
      const url = new URL(postgres?.url ?? '');
      url.pathname = `/guichet_${service}`;
      return url.href;
    },
    leave: () => {},
  };
}

type Secret = { data?: Record<string, string> };

async function cluster(stack: WatchedStack): Promise<Ground> {
  const { tools } = await findCluster();
  const forwarded: Forwarded[] = [];
  /** An address that a service's Secret names, reached by way of kubectl. */
  const reach = async (service: string, key: string) => {
    const { data } = await tools.get<Secret>('secret', `guichet-${service}`, '-n', namespace);
    const url = new URL(Buffer.from(data?.[key] ?? '', 'base64').toString());
    const [server = ''] = url.hostname.split('.');
    const one = await forward(tools, { namespace, service: server, port: Number(url.port) });
    forwarded.push(one);
    url.host = new URL(one.url).host;
    return url.href;
  };
  return {
    kind: 'cluster',
    ...standIns(stack),
    tools,
    messagesUrl: () => reach('reservation', 'MESSAGES_URL'),
    databaseUrl: (service) => reach(service, 'DATABASE_URL'),
    leave() {
      for (const { stop } of forwarded) stop();
    },
  };
}

/** The stack that is started or deployed, as far as things can go wrong in it. */
export const findGround = async (stack: WatchedStack): Promise<Ground> =>
  isInCluster(stack) ? cluster(stack) : machine(stack);
