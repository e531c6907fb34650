import { namespace } from '@guichet/cluster/deploy/release';
import type { Fault } from '../fault.ts';
import { inCluster } from '../ground.ts';

const server = 'statefulset/guichet-rabbitmq';

export const rabbitmqDown: Fault = {
  name: 'rabbitmq-down',
  does: 'RabbitMQ is gone',
  alert: 'GuichetBrokerDown',
  where: ['cluster'],
  async inject(ground, undo) {
    const { kubectl } = inCluster(ground).tools;
    const asked = ['-n', namespace, 'get', server, '-o', 'jsonpath={.spec.replicas}'];
    // Where a game day before this one was cut off, there is none: then one is as many as it has.
    const replicas = Number(await kubectl(...asked)) || 1;
    const scale = (to: number) => kubectl('-n', namespace, 'scale', server, `--replicas=${to}`);
    undo(() => scale(replicas));
    await scale(0);
  },
};
