import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createFaultList, type FaultList } from '../fault-list.ts';
import type { Letter } from './message.ts';

const times = z.int().min(1).optional().describe('How often it happens; until cleared if missing.');
const via = z.enum(['gmail', 'resend', 'smtp']).optional().describe('Which way; any if missing.');

export const mailFaultSchema = z.discriminatedUnion('fault', [
  /** 503 by HTTP, 451 by SMTP; the message is not kept. */
  z.strictObject({ fault: z.literal('refuse'), via, times }),
  /** 422 or 400 by HTTP, 550 by SMTP: it never takes this message. */
  z.strictObject({ fault: z.literal('reject'), via, times }),
  z.strictObject({ fault: z.literal('latency'), ms: z.int().min(0).max(600_000), via, times }),
  /** The message is kept, and the connection reset before the answer. */
  z.strictObject({ fault: z.literal('accept_then_drop'), via, times }),
]);
export type MailFault = z.infer<typeof mailFaultSchema>;
export type MailFaults = FaultList<MailFault>;

export const createMailFaults = (): MailFaults =>
  createFaultList<MailFault>((fault, subject) => (fault.via ?? subject) === subject);

/** Waits where a fault says so, and tells whether the message is to be refused. */
export const isRefused = async (faults: MailFaults, via: Letter['via']): Promise<boolean> => {
  const latency = faults.take('latency', via);
  if (latency) await sleep(latency.ms);
  return faults.take('refuse', via) !== undefined;
};
