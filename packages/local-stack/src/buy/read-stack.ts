import { z } from 'zod';
import { CannotUseStack, readStackFile } from '../stack/stack-file.ts';

/** The part of `.guichet/stack.json` that buying needs. */
const stackSchema = z.object({
  gateway: z.url(),
  stripe: z.object({ api: z.url(), publishableKey: z.string() }),
  inbox: z.url(),
  certificate: z.string().optional(),
});
export type Stack = z.infer<typeof stackSchema>;

/** A sentence for whoever typed `make buy`, rather than a stack trace. */
export class CannotBuy extends CannotUseStack {}

export const readStack = (): Promise<Stack> => readStackFile(stackSchema);
