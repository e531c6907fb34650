/** Does it when it is asked for first; whoever asks later gets what came of it, a failure too. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
