import { poisoned as consumer, poisonMessage } from '@guichet/local-stack/e2e/poison-message';
import { connectBus } from '@guichet/messaging/connect-bus';
import { runParked } from '@guichet/messaging/parked/run';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import type { Fault } from '../fault.ts';

const why = ['--reason=It was the poison of a game day.', '--by=gameday'];

/** As an operator does, by `make parked`. */
async function discard(url: string, id: string): Promise<void> {
  let said = '';
  const keep = (text: string) => {
    said += text;
  };
  const words = ['discard', consumer, id, ...why];
  const code = await runParked(words, { MESSAGES_URL: url }, { out: keep, err: keep });
  if (code !== 0) throw new Error(`${id} is parked still: ${said.trim()}`);
}

export const poisonedConsumer: Fault = {
  name: 'poisoned-consumer',
  does: 'A message comes that its consumer can never handle',
  alert: 'GuichetMessagesParked',
  where: ['machine', 'cluster'],
  async inject(ground, undo) {
    const url = await ground.messagesUrl();
    const message = poisonMessage();
    const bus = await connectBus({
      url,
      logger: createLogger({ service: 'gameday', level: 'silent' }),
      metrics: createMetrics({ service: 'gameday' }),
    });
    undo(() => discard(url, message.id));
    await bus.publish(message).finally(() => bus.close());
  },
};
