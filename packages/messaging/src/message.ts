import { newId } from '@guichet/contracts/ids';
import type { MessageData, MessageType } from '@guichet/contracts/messages';
import { currentTraceparent } from '@guichet/telemetry/trace';
import { z } from 'zod';

/** A fact on its way: CloudEvents 1.0 in JSON, with the extension `sequence` (aggregate version). */
export const messageSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  /** `guichet/<service>`. */
  source: z.string().min(1),
  type: z.string().min(1),
  /** The aggregate's id. */
  subject: z.string(),
  /** RFC 3339. */
  time: z.string(),
  sequence: z.int(),
  /** W3C trace context of what made the fact. */
  traceparent: z.string().optional(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
});
export type Message = z.infer<typeof messageSchema>;

/** A message whose `data` is JSON already, as an outbox keeps it: nobody reads it on its way out. */
export type WrittenMessage = Omit<Message, 'data'> & { readonly data: string };

/** A message as an outbox has it. */
export const written = ({ data, ...rest }: Message): WrittenMessage => ({
  ...rest,
  data: JSON.stringify(data),
});

/** A written message as JSON: the same bytes as if its data had been read and written again. */
export function jsonOf({ data, ...rest }: WrittenMessage): string {
  return `${JSON.stringify(rest).slice(0, -1)},"data":${data}}`;
}

/** A fact as its service states it; `createMessage` gives it an id and a time. */
export type Fact<T extends MessageType = MessageType> = {
  readonly [K in T]: {
    readonly type: K;
    readonly subject: string;
    readonly sequence: number;
    readonly data: MessageData<K>;
  };
}[T];

/** States a fact, in the trace of what makes it. */
export function createMessage({
  source,
  type,
  subject,
  sequence,
  data,
}: Fact & { source: string }): Message {
  const traceparent = currentTraceparent();
  return {
    specversion: '1.0',
    id: newId(),
    source: `guichet/${source}`,
    type,
    subject,
    time: new Date().toISOString(),
    sequence,
    ...(traceparent ? { traceparent } : {}),
    datacontenttype: 'application/json',
    data,
  };
}
