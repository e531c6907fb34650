import { setTimeout as sleep } from 'node:timers/promises';
import type { V1EndpointSlice } from '@kubernetes/client-node';
import { statusOf, type Verb } from './reason.ts';
import type { SliceApi, SliceEvent } from './slice-api.ts';

export type SliceListener = {
  /** Something is known, or known to have changed. */
  onChange(slices: Iterable<V1EndpointSlice>): void;
  /** An attempt failed, the so many-th in a row; what was known stays known. */
  onFailure(error: unknown, failed: { verb: Verb; inARow: number }): void;
  /** Changes come again. */
  onFollowing(): void;
};

export type Pauses = { readonly firstMs: number; readonly longestMs: number };

/** Half a second is a restart of the API server; ten, since pods move most when it has come back. */
const usualPauses: Pauses = { firstMs: 500, longestMs: 10_000 };

/** The history that a watch was to go on from is gone: what is known is listed anew. */
const expired = 410;

/**
 * Doubled with every failure, and by chance between the half and the whole of it. Without one it is
 * short, and not nothing: a server that ends every watch at once is not to be flooded.
 */
function pauseMs({ firstMs, longestMs }: Pauses, failures: number): number {
  const whole = failures === 0 ? firstMs / 10 : Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return whole * (0.5 + Math.random() / 2);
}

/**
 * Keeps the EndpointSlices of a namespace: listed once, then watched from that version on, for as
 * long as nothing is lost. Whatever fails, what was known stays known: addresses of an hour ago are
 * nearly all still right, and none are certainly wrong.
 *
 * The informer of the client library does the same without bookmarks, so that after a quiet hour
 * it lists anew, and it ends with the first error; then all that is here must stand around it.
 */
export function followSlices({
  api,
  listener,
  pauses = usualPauses,
}: {
  api: SliceApi;
  listener: SliceListener;
  pauses?: Pauses;
}) {
  const slices = new Map<string, V1EndpointSlice>();
  const ending = new AbortController();
  let version: string | undefined;
  let heardAt = Date.now();
  let failures = 0;

  async function list(): Promise<string> {
    const listed = await api.list(ending.signal);
    heardAt = Date.now();
    slices.clear();
    for (const slice of listed.slices) slices.set(slice.metadata?.name ?? '', slice);
    listener.onChange(slices.values());
    return listed.version;
  }

  function take(event: Exclude<SliceEvent, { type: 'ERROR' }>): void {
    const { type, slice } = event;
    const name = slice.metadata?.name ?? '';
    version = slice.metadata?.resourceVersion ?? version;
    if (type === 'BOOKMARK') return;
    if (type === 'DELETED') slices.delete(name);
    else slices.set(name, slice);
    listener.onChange(slices.values());
  }

  async function watch(from: string): Promise<void> {
    let failed: unknown;
    const onEvent = (event: SliceEvent) => {
      heardAt = Date.now();
      if (event.type === 'ERROR') failed = event.status;
      else take(event);
    };
    const onOpen = () => {
      heardAt = Date.now();
      failures = 0;
      listener.onFollowing();
    };
    await api.watch(from, { onOpen, onEvent }, ending.signal);
    if (failed) throw failed;
  }

  /** One list where there is need of it, and one watch until it ends. */
  async function follow(): Promise<void> {
    let verb: Verb = 'list';
    try {
      version ??= await list();
      verb = 'watch';
      await watch(version);
    } catch (error) {
      failures += 1;
      // A server that answers, but not with changes, may have another history: then a list helps.
      if (statusOf(error) !== undefined) version = undefined;
      if (statusOf(error) === expired || ending.signal.aborted) return;
      listener.onFailure(error, { verb, inARow: failures });
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await follow();
      const pause = sleep(pauseMs(pauses, failures), undefined, { signal: ending.signal });
      await pause.catch(() => {});
    }
  }
  const running = run();

  return {
    /** When the API server was last heard of, in ms; before the first time, when this began. */
    heardAt: () => heardAt,
    async close(): Promise<void> {
      ending.abort();
      await running;
    },
  };
}
