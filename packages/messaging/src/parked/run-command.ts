import type { Bus, ParkedMessage } from '../bus.ts';
import type { Command } from './command.ts';
import { consumers } from './consumers.ts';
import { redact, redactSentence } from './redact.ts';

/** There is no such consumer or message. */
export class NotFound extends Error {}

/** What a message says must not steer the terminal of whoever reads it. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');
/** JSON escapes but the younger half of such characters. */
const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );

const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const linesOf = ({ id, message, attempts, error, parkedAt }: ParkedMessage): string => {
  const subject = `of ${message.subject || 'nobody knows what'}`;
  const facts = [id, message.type, subject, times(attempts, 'attempt'), parkedAt];
  return `${printable(facts.join('  '))}\n    ${printable(redactSentence(error))}`;
};

async function overview(bus: Bus): Promise<string> {
  const rows: string[] = [];
  const width = Math.max(...consumers.map(({ length }) => length));
  for (const consumer of consumers) {
    const count = await bus.parked(consumer).count();
    if (count !== undefined) rows.push(`${consumer.padEnd(width)}  ${count}`);
  }
  return rows.length > 0
    ? rows.join('\n')
    : 'No service has been here yet: no consumer has a queue. Is MESSAGES_URL the right one?';
}

async function list(bus: Bus, consumer: string, limit: number): Promise<string> {
  const parked = bus.parked(consumer);
  const count = (await parked.count()) ?? 0;
  const shown = await parked.list(limit);
  if (shown.length === 0) return `Nothing is parked for ${consumer}.`;
  const more = count - shown.length;
  return [
    ...shown.map(linesOf),
    ...(more > 0 ? [`… and ${more} more: --limit ${count} shows them.`] : []),
  ].join('\n');
}

const whole = (consumer: string, { message, error, ...rest }: ParkedMessage, reveal: boolean) => ({
  consumer,
  ...rest,
  error: reveal ? error : redactSentence(error),
  message: reveal ? message : redact(message),
});

/** Does what a person asked for and says what came of it, in words or, for `show`, in JSON. */
export async function runCommand(bus: Bus, command: Command): Promise<string> {
  if (command.action === 'overview') return overview(bus);
  const { action, consumer } = command;
  const parked = bus.parked(consumer);
  if ((await parked.count()) === undefined) {
    throw new NotFound(`There is no consumer ${consumer}. There are:\n${await overview(bus)}`);
  }
  if (action === 'list') return list(bus, consumer, command.limit);

  const { id } = command;
  const missing = () => new NotFound(`No message ${id} is parked for ${consumer}.`);
  if (action === 'show') {
    const found = await parked.find(id);
    if (!found) throw missing();
    return printableJson(whole(consumer, found, command.reveal));
  }
  if (action === 'replay') {
    const count = await parked.replay(id, { by: command.by });
    if (count === 0 && id !== 'all') throw missing();
    return `${times(count, 'message')} of ${consumer} will be delivered again.`;
  }
  const { by, reason } = command;
  if (!(await parked.discard(id, { by, reason }))) throw missing();
  return `${id} of ${consumer} is discarded.`;
}
