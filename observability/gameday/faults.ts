import type { Fault } from './fault.ts';
import { brokerDiskFull } from './faults/broker-disk-full.ts';
import { mailRefused } from './faults/mail-refused.ts';
import { poisonedConsumer } from './faults/poisoned-consumer.ts';
import { postgresSlow } from './faults/postgres-slow.ts';
import { providerDown } from './faults/provider-down.ts';
import { providerSlow } from './faults/provider-slow.ts';
import { rabbitmqDown } from './faults/rabbitmq-down.ts';
import { reservationKilled } from './faults/reservation-killed.ts';
import { tooFewReplicas } from './faults/too-few-replicas.ts';
import { webhookSilence } from './faults/webhook-silence.ts';

/** What can be tried out, in the order of `make gameday` without a FAULT. */
export const faults: readonly Fault[] = [
  providerDown,
  providerSlow,
  postgresSlow,
  reservationKilled,
  rabbitmqDown,
  webhookSilence,
  poisonedConsumer,
  brokerDiskFull,
  tooFewReplicas,
  mailRefused,
];
