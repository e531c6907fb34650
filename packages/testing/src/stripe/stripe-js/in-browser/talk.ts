type Message = { kind: string; data?: unknown; id?: number };

/** What one end does about what it hears; an answer goes back to whoever asked. */
export type Hearing = Readonly<Record<string, (data: never) => unknown>>;

export type Talk = {
  say(kind: string, data?: unknown): void;
  ask(kind: string, data?: unknown): Promise<unknown>;
  end(): void;
};

/**
 * One end of the talk between a page and a frame of another origin: it speaks to that origin alone,
 * and hears that window alone, while it is at that origin.
 */
export const talkTo = (other: () => Window | null, origin: string, hearing: Hearing): Talk => {
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  const post = (message: Message) => other()?.postMessage(message, origin);

  const hear = async ({ source, origin: from, data: message }: MessageEvent<Message>) => {
    if (source === null || source !== other() || from !== origin) return;
    const { kind, data, id } = message;
    if (kind === 'answer' && id !== undefined) {
      waiting.get(id)?.(data);
      waiting.delete(id);
      return;
    }
    const answer = await hearing[kind]?.(data as never);
    if (id !== undefined) post({ kind: 'answer', id, data: answer });
  };
  addEventListener('message', hear);

  return {
    say: (kind, data) => post({ kind, data }),
    ask: (kind, data) =>
      new Promise((answered) => {
        asked += 1;
        waiting.set(asked, answered);
        post({ kind, data, id: asked });
      }),
    end: () => removeEventListener('message', hear),
  };
};
