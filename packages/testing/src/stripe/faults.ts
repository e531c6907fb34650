import { z } from 'zod';
import { createFaultList, type FaultList } from '../fault-list.ts';

const times = z.int().min(1).optional().describe('How often it happens; until cleared if missing.');
const operation = z
  .string()
  .optional()
  .describe('Which call, such as payment_intents.create; any if missing.');
const types = z.array(z.string()).optional().describe('Which events; any if missing.');
const object = z
  .string()
  .optional()
  .describe('Which object it is done to or tells of, by its id; any if missing.');
const ms = z.int().min(0).max(600_000);

/** What can be made to go wrong: with a request, with its effect, with its webhooks. */
export const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('rate_limit'), operation, object, times }),
  z.strictObject({ fault: z.literal('drop'), operation, object, times }),
  z.strictObject({ fault: z.literal('latency'), ms, operation, object, times }),
  z.strictObject({ fault: z.literal('execute_then_drop'), operation, object, times }),
  z.strictObject({ fault: z.literal('execute_then_500'), operation, object, times }),
  z.strictObject({ fault: z.literal('execute_then_wait'), ms, operation, object, times }),
  z.strictObject({ fault: z.literal('settle_later'), ms, operation, object, times }),
  z.strictObject({ fault: z.literal('webhook_drop'), types, object, times }),
  z.strictObject({ fault: z.literal('webhook_delay'), ms, types, object, times }),
  z.strictObject({
    fault: z.literal('webhook_duplicate'),
    copies: z.int().min(2),
    types,
    object,
    times,
  }),
  z.strictObject({ fault: z.literal('webhook_reorder'), ms, types, object, times }),
]);
export type Fault = z.infer<typeof faultSchema>;
export type Faults = FaultList<Fault>;

/** The subject of a request is its operation, that of a webhook its event's type. */
export const createFaults = (): Faults =>
  createFaultList<Fault>((fault, subject, object) => {
    if (fault.object !== undefined && fault.object !== object) return false;
    return 'types' in fault
      ? (fault.types?.includes(subject) ?? true)
      : !('operation' in fault) || (fault.operation ?? subject) === subject;
  });
