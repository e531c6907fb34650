import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDrainingServer, type ServerSettings } from './draining-server.ts';
import { listen } from './listen.ts';
import { failing, type Health, type Readiness } from './management.ts';

/** What a service is, once it has all that it needs. */
export type Built = {
  readonly app: RequestListener;
  readonly readiness: Readiness;
  /** Ends the answers that would go on for as long as somebody listens. */
  readonly endStreams?: () => void;
  /** Ends what the service owns, when nothing is in flight any more. */
  readonly stop: () => Promise<void>;
  readonly server?: ServerSettings;
};

/** The port that a service is called at. */
export async function openDoor(
  { app, readiness, stop, endStreams = () => {}, server = {} }: Built,
  { port, drainMs, graceMs }: { port: number; drainMs: number; graceMs: number },
) {
  const door = createDrainingServer(app, server);
  const openAt = await listen(door.server, port);

  return {
    port: openAt,

    async health(): Promise<Health> {
      if (door.isDraining) return { status: 'draining' };
      const reasons = await failing(readiness);
      return Object.keys(reasons).length > 0
        ? { status: 'not_ready', failing: reasons }
        : { status: 'ready' };
    },

    /**
     * Readiness fails at once, while it goes on answering for `drainMs`; then nothing new is taken,
     * and what has not ended 3 s before `graceMs` is cut off. Streams end when nothing new is
     * taken, and not before: their readers connect again, and would be let in here once more.
     */
    async drain(): Promise<void> {
      door.drain();
      await sleep(drainMs);
      const closed = door.close(Math.max(0, graceMs - drainMs - 3_000));
      endStreams();
      await closed;
      await stop();
    },
  };
}
