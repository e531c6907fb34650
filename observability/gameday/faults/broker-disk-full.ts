import { namespace } from '@guichet/cluster/deploy/release';
import type { Fault } from '../fault.ts';
import { inCluster } from '../ground.ts';

const pod = 'guichet-rabbitmq-0';
/** More than any disk has: 100 TB, in bytes, since not every release knows so large a unit. */
const unreachable = '100000000000000';
/** What the chart says, where the broker does not tell. */
const usual = '50MB';

export const brokerDiskFull: Fault = {
  name: 'broker-disk-full',
  does: 'RabbitMQ’s disk is full: it takes no message any more',
  alert: 'GuichetBrokerDiskFull',
  where: ['cluster'],
  async inject(ground, undo) {
    const { kubectl } = inCluster(ground).tools;
    const ctl = (...words: string[]) =>
      kubectl('exec', '-n', namespace, pod, '--', 'rabbitmqctl', '--quiet', ...words);
    const told = await ctl('eval', 'rabbit_disk_monitor:get_disk_free_limit().');
    const limit = /^\d+$/.test(told.trim()) ? told.trim() : usual;
    // A restart of the broker takes it back too: it is not written down anywhere.
    undo(() => ctl('set_disk_free_limit', limit));
    await ctl('set_disk_free_limit', unreachable);
  },
};
