/** A backing server that runs, however it came to. */
export type Provided = {
  readonly url: string;
  /** As `make start` shows it: `embedded PostgreSQL 18.4`, `rabbitmq-server`, `RABBITMQ_URL`. */
  readonly provider: string;
  /** Ends it, where it is ours to end. */
  stop(): Promise<void>;
  /** Resolves when the server ends by itself, with what it last said. Never, where it is not ours. */
  readonly ended: Promise<string>;
};

/** What is missing, and how else to provide it, in one sentence. */
export class CannotProvide extends Error {}

export const notOurs = {
  stop: async () => {},
  ended: new Promise<string>(() => {}),
};
