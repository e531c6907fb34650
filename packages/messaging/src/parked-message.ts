import { createHash } from 'node:crypto';
import { type Message, messageSchema } from './message.ts';

/** What stands for a message that could not even be read; its text is its data. */
const placeholder = {
  specversion: '1.0',
  source: 'unreadable',
  type: 'unreadable',
  subject: '',
  time: '',
  sequence: 0,
  datacontenttype: 'application/json',
} as const;

function messageIn(text: string): Message | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What is parked as `text`, with an id to name it by, also where whoever published it gave none. */
export function readParked(text: string, given?: string): { id: string; message: Message } {
  const read = messageIn(text);
  const digest = () => createHash('sha256').update(text).digest('hex').slice(0, 32);
  const id = given ?? read?.id ?? digest();
  return { id, message: read ?? { ...placeholder, id, data: text } };
}

/** Said of a message that was delivered again and again and never done with. */
export const neverDone = 'its consumer’s process ended each time';

export const noSuchConsumer = (consumer: string, cause?: unknown): Error =>
  new Error(`there is no consumer ${consumer}`, { cause });
