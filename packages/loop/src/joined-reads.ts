/**
 * Reads of one key that come together are one read, whose answer they share. A read joins the next
 * one of its key, never one that has begun: what it answers is as fresh as if it had been alone, so
 * that whoever has just written sees what they wrote. One read of a key is under way at a time; the
 * time that it takes is the window in which the next ones come together.
 */
export function createJoinedReads<Answer>(
  read: (key: string) => Promise<Answer>,
): (key: string) => Promise<Answer> {
  const next = new Map<string, PromiseWithResolvers<Answer>>();
  const underWay = new Set<string>();

  async function begin(key: string): Promise<void> {
    const waiting = next.get(key);
    if (!waiting) return;
    next.delete(key);
    underWay.add(key);
    await read(key).then(waiting.resolve, waiting.reject);
    // Once those who waited are answered, and together with whoever has asked meanwhile.
    setImmediate(() => {
      underWay.delete(key);
      begin(key);
    });
  }

  return (key) => {
    const known = next.get(key);
    if (known) return known.promise;
    const waiting = Promise.withResolvers<Answer>();
    next.set(key, waiting);
    // What comes with the same tick of the network goes together.
    if (!underWay.has(key)) setImmediate(begin, key);
    return waiting.promise;
  };
}
