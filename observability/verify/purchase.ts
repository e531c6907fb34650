import { randomBytes } from 'node:crypto';
import { createClient } from '@guichet/contracts/client';
import type { Buyer } from '@guichet/local-stack/buy/buyer';
import { readChoices } from '@guichet/local-stack/buy/choices';
import { purchase } from '@guichet/local-stack/buy/purchase';
import { trusting } from '@guichet/local-stack/stack/trusting';
import type { WatchedStack } from '../watchers/read-stack.ts';

/** What a purchase is found by afterwards. */
export type Bought = {
  readonly from: Date;
  readonly traceId: string;
  /** The span of ours that all of it is part of, of which nobody is told. */
  readonly callerId: string;
};

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

/** A `fetch` whose request to pay is part of a trace that we know, and ask to be kept. */
function tracing(fetch: typeof globalThis.fetch, { traceId, callerId }: Bought) {
  const context = { traceparent: `00-${traceId}-${callerId}-01`, tracestate: 'guichet=keep' };
  return ((input: URL, init?: RequestInit) => {
    if (init?.method !== 'POST' || new URL(input).pathname !== '/api/payments') {
      return fetch(input, init);
    }
    const headers = Object.fromEntries(new Headers(init.headers));
    return fetch(input, { ...init, headers: { ...headers, ...context } });
  }) as typeof globalThis.fetch;
}

/** A guest buys by the public API, from the first look to the e-mail, as `make buy` does. */
export async function buy(stack: WatchedStack): Promise<Bought> {
  const bought: Bought = { from: new Date(), traceId: hex(16), callerId: hex(8) };
  const { certificate, ...known } = stack;
  const fetch = tracing(trusting(certificate), bought);
  const buyer: Buyer = {
    api: createClient({ baseUrl: stack.gateway, fetch }),
    fetch,
    stack: known,
    choices: readChoices({}),
    step: async (_title, work) => (await work()).value,
    broken: [],
  };
  await purchase(buyer);
  return bought;
}
