import { ConfigError, loadConfig } from '@guichet/config/load-config';
import { secret } from '@guichet/config/setting';
import { withoutPassword } from '@guichet/config/without-password';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { z } from 'zod';
import { connectBus } from '../connect-bus.ts';
import { type Command, help, NotUnderstood, readCommand } from './command.ts';
import { NotFound, runCommand } from './run-command.ts';

const settings = z.object({
  messagesUrl: secret(z.url({ protocol: /^(amqps?|postgres(ql)?)$/ })).describe(
    'Where the messages are: amqp://…, amqps://… or postgres://….',
  ),
});

export type Output = { out(text: string): void; err(text: string): void };

/** A connection refused at several addresses has no message of its own. */
const sentenceOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(sentenceOf).join(', ')
    : (error as Error).message;

async function onBus(url: string, command: Command): Promise<string> {
  const bus = await connectBus({
    url,
    // Its lines would come between ours; what matters of them is rejected too.
    logger: createLogger({ service: 'parked', level: 'silent' }),
    metrics: createMetrics({ service: 'parked' }),
    asOperator: true,
  });
  try {
    return await runCommand(bus, command);
  } finally {
    await bus.close();
  }
}

/** The operator's program for parked messages. Answers what its process ends with. */
export async function runParked(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { out, err }: Output,
): Promise<0 | 1 | 2 | 3> {
  let where = '';
  try {
    const command = readCommand(args, env);
    if (command === 'help') {
      out(help);
      return 0;
    }
    const { messagesUrl } = loadConfig(settings, { env }).values;
    where = withoutPassword(messagesUrl);
    out(`${await onBus(messagesUrl, command)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof NotUnderstood || error instanceof ConfigError) {
      err(`${error.message}\n--help says what can be written.\n`);
      return 2;
    }
    if (error instanceof NotFound) {
      err(`${error.message}\n`);
      return 3;
    }
    err(`The messages at ${where} cannot be used: ${sentenceOf(error)}\n`);
    return 1;
  }
}
