/** Rejects when `work` takes longer; what it does then is not known, only no longer waited for. */
export async function within<T>(ms: number, failing: string, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${failing} within ${ms} ms`)), ms);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long a publish may take. The outbox keeps what did not leave. */
export const publishWithinMs = 10_000;
