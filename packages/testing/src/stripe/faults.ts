import { z } from 'zod';
import { stripeId } from './account.ts';

const times = z.int().min(1).optional().describe('How often it happens; until cleared if missing.');
const operation = z
  .string()
  .optional()
  .describe('Which call, such as payment_intents.create; any if missing.');
const types = z.array(z.string()).optional().describe('Which events; any if missing.');
const ms = z.int().min(0).max(600_000);

/** What can be made to go wrong. Requests first, then what follows them. */
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
export type Fault = z.input<typeof faultSchema>;
type Kind = Fault['fault'];
type OfKind<K extends Kind> = Extract<Fault, { fault: K }>;

export type Faults = {
  add(fault: Fault): { id: string } & Fault;
  list(): ({ id: string } & Fault)[];
  clear(id?: string): void;
  /** The fault of that kind that meets this call or event, used up once. */
  take<K extends Kind>(kind: K, subject: string): OfKind<K> | undefined;
};

const meets = (fault: Fault, subject: string): boolean => {
  if ('types' in fault && fault.types) return fault.types.includes(subject);
  if ('operation' in fault && fault.operation) return fault.operation === subject;
  return true;
};

export const createFaults = (): Faults => {
  const faults = new Map<string, Fault>();

  return {
    add: (fault) => {
      const id = stripeId('fault');
      faults.set(id, { ...fault });
      return { id, ...fault };
    },
    list: () => [...faults].map(([id, fault]) => ({ id, ...fault })),
    clear: (id) => {
      if (id === undefined) faults.clear();
      else faults.delete(id);
    },
    take: <K extends Kind>(kind: K, subject: string) => {
      for (const [id, fault] of faults) {
        if (fault.fault !== kind || !meets(fault, subject)) continue;
        if (fault.times !== undefined) {
          fault.times -= 1;
          if (fault.times === 0) faults.delete(id);
        }
        return fault as OfKind<K>;
      }
      return undefined;
    },
  };
};
