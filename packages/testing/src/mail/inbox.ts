import { randomUUID } from 'node:crypto';
import type { Letter } from './message.ts';

/** One message in one person's mailbox. */
export type Message = Omit<Letter, 'recipients'> & { id: string; to: string; sentAt: string };

/** An inbox to look at, not an archive: the oldest go, so that a load test does not fill memory. */
const mostMessages = 2_000;

export type Inbox = {
  /** One message per recipient; answers the id of the first. */
  keep(letter: Letter): string;
  /** Newest first. */
  list(to?: string): Message[];
  find(id: string): Message | undefined;
  findByMessageId(messageId: string): Message[];
  clear(): void;
  all(): Message[];
};

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const createInbox = (found: Message[] = [], changed: () => void = () => {}): Inbox => {
  let messages = found;

  return {
    keep: ({ recipients, ...letter }) => {
      const sentAt = new Date().toISOString();
      const kept = recipients.map((to) => ({ ...letter, id: randomUUID(), to, sentAt }));
      messages = [...messages, ...kept].slice(-mostMessages);
      changed();
      return kept[0]?.id ?? randomUUID();
    },
    list: (to) => messages.filter((message) => !to || sameAddress(message.to, to)).reverse(),
    find: (id) => messages.find((message) => message.id === id),
    findByMessageId: (messageId) =>
      messages.filter((message) => message.messageId === messageId).reverse(),
    clear: () => {
      messages = [];
      changed();
    },
    all: () => messages,
  };
};
