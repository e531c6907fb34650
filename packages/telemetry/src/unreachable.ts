const defaultPorts: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgresql: 5432,
  amqp: 5672,
  amqps: 5671,
  mongodb: 27_017,
};

/**
 * Host and port of a server's URL (several for MongoDB's replica sets), never its credentials:
 * what comes before the last `@` is left out, however badly it is written.
 */
export function addressOf(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z+]+):\/\/(.*)$/is.exec(url) ?? [];
  const [hosts = ''] = rest.slice(rest.lastIndexOf('@') + 1).split(/[/?#]/);
  const port = defaultPorts[scheme];
  return hosts === '' || port === undefined || /:\d+$/.test(hosts) ? hosts : `${hosts}:${port}`;
}

/** Why something failed, in a few words: an error of several addresses has a code and no message. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}

/** A server that a service needs and cannot use now: one sentence, and what to look at. */
export const unreachable = ({
  server,
  url,
  setting,
  cause,
}: {
  /** What people call it: `PostgreSQL`. */
  server: string;
  url: string;
  /** The setting that its URL is in. */
  setting: string;
  cause: unknown;
}): Error =>
  new Error(
    `${server} at ${addressOf(url)} cannot be used (${reasonOf(cause)}). Is it up, and is ${setting} right?`,
    { cause },
  );
