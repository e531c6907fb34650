import { CannotUseStack, readStackFile } from '@guichet/local-stack/stack/stack-file';
import { z } from 'zod';

const account = z.object({ email: z.string(), password: z.string() });
const stackSchema = z.object({
  gateway: z.url(),
  stripe: z.object({ api: z.url(), publishableKey: z.string() }),
  inbox: z.url(),
  certificate: z.string().optional(),
  accounts: z.object({ admin: account }),
  /** Only of a stack on this machine; in a cluster they are reached from inside. */
  management: z.record(z.string(), z.url()).optional(),
  backing: z
    .object({ postgres: z.object({ url: z.string() }), messages: z.object({ url: z.string() }) })
    .optional(),
  observability: z
    .object({ prometheus: z.url(), alertmanager: z.url(), loki: z.url(), jaeger: z.url() })
    .partial()
    .optional(),
});

export type WatchedStack = z.output<typeof stackSchema>;

export const isInCluster = ({ management }: WatchedStack): boolean => management === undefined;

/** Where the stack is that is started or deployed, and that something watches. */
export async function readWatchedStack(): Promise<WatchedStack> {
  const stack = await readStackFile(stackSchema);
  if (isInCluster(stack) || stack.observability) return stack;
  throw new CannotUseStack(
    'Nothing watches this stack: end it, and start it by `make start OBSERVE=1`.',
  );
}
