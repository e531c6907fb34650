import { CannotBuy } from './read-stack.ts';

/** One request and its answer, as they were on the wire. */
export type Exchange = {
  method: string;
  url: string;
  request: string | undefined;
  status: number;
  answer: string;
};

export type Exchanges = {
  fetch: typeof globalThis.fetch;
  /** What was exchanged since the last time this was asked. */
  takeAll(): Exchange[];
};

const whyUnreachable = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? String(error);
};

/** A `fetch` that remembers, and says in a sentence when nothing answers. */
export const rememberExchanges = (fetch = globalThis.fetch): Exchanges => {
  let exchanges: Exchange[] = [];

  return {
    fetch: async (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      const method = init?.method ?? 'GET';
      const response = await fetch(input, init).catch((error: unknown) => {
        throw new CannotBuy(
          `Nothing answers at ${new URL(url).origin} (${whyUnreachable(error)}). Is the stack still running? \`make start\` starts it.`,
          { cause: error },
        );
      });
      const answer = await response.clone().text();
      const request = init?.body === undefined ? undefined : String(init.body);
      exchanges.push({ method, url, request, status: response.status, answer });
      return response;
    },
    takeAll: () => {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
  };
};
