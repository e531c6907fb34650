import { z } from 'zod';
import { createFaultList, type FaultList } from '../fault-list.ts';

const times = z.int().min(1).optional().describe('How often it happens; until cleared if missing.');
const operation = z
  .string()
  .optional()
  .describe('Which call, such as payment_intents.create; any if missing.');
const types = z.array(z.string()).optional().describe('Which events; any if missing.');
const ms = z.int().min(0).max(600_000);

/** What can be made to go wrong: with a request, with its effect, with its webhooks. */
export const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('rate_limit'), operation, times }),
  z.strictObject({ fault: z.literal('drop'), operation, times }),
  z.strictObject({ fault: z.literal('latency'), ms, operation, times }),
  z.strictObject({ fault: z.literal('execute_then_drop'), operation, times }),
  z.strictObject({ fault: z.literal('execute_then_500'), operation, times }),
  z.strictObject({ fault: z.literal('execute_then_wait'), ms, operation, times }),
  z.strictObject({ fault: z.literal('settle_later'), ms, operation, times }),
  z.strictObject({ fault: z.literal('webhook_drop'), types, times }),
  z.strictObject({ fault: z.literal('webhook_delay'), ms, types, times }),
  z.strictObject({ fault: z.literal('webhook_duplicate'), copies: z.int().min(2), types, times }),
  z.strictObject({ fault: z.literal('webhook_reorder'), ms, types, times }),
]);
export type Fault = z.infer<typeof faultSchema>;
export type Faults = FaultList<Fault>;

/** The subject of a request is its operation, that of a webhook its event's type. */
export const createFaults = (): Faults =>
  createFaultList<Fault>((fault, subject) =>
    'types' in fault
      ? (fault.types?.includes(subject) ?? true)
      : !('operation' in fault) || (fault.operation ?? subject) === subject,
  );
