/** The SQLSTATE of an error, or the system's code where the server was not reached. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** `pg` gives these no code. */
const withoutCode =
  /^(timeout e|Connection terminated|Query read timeout|Client (was closed|has encountered))/;

/**
 * A connection that was not to be had in time, that ended (class 08, 57P01 to 57P03), or that still
 * leads to an old primary (25006). Of a statement under way nobody knows whether it happened.
 *
 * Source: PostgreSQL, appendix A (error codes).
 */
export function isConnectionLost(error: unknown): error is Error {
  const code = codeOf(error);
  if (code !== undefined) return /^(E[A-Z]{4,}|08...|57P..|25006)$/.test(code);
  return error instanceof Error && withoutCode.test(error.message);
}

/** Trying later may help: no connection, no room (53), a lock (55P03) or a statement (57014) that took too long. */
export const isUnavailable = (error: unknown): boolean =>
  isConnectionLost(error) || /^(53...|55P03|57014)$/.test(codeOf(error) ?? '');
