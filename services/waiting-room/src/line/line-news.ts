import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { connectValkey, type Valkey } from '@guichet/valkey/connect-valkey';
import { z } from 'zod';
import { type Line, lineSchema } from './line.ts';

const channel = 'guichet:lines';
/** One that has been silent for so long does not carry the news: each replica looks for itself. */
const silentMs = 3_000;

const newsSchema = z.union([
  z.object({ line: lineSchema }),
  /** A room was opened, changed or closed. */
  z.object({ rooms: z.literal(true) }),
]);
type News = z.output<typeof newsSchema>;

/** `undefined` for what another release, or somebody else, says there. */
function readNews(text: string): News | undefined {
  try {
    return newsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export type LineNews = {
  /** What carries the news, and may carry more. */
  readonly valkey: Valkey | undefined;
  /** Tells all replicas. Nobody waits for it: what is lost is told again a second later. */
  tell(line: Line): void;
  tellRooms(): void;
  /** Whether lines come by themselves at the moment. */
  readonly isFlowing: boolean;
  close(): void;
};

/** Without Valkey: each replica looks for itself. */
export const noNews: LineNews = {
  valkey: undefined,
  tell() {},
  tellRooms() {},
  isFlowing: false,
  close() {},
};

/** How far the lines have come, from the replica that keeps a room to all of them. */
export function connectLineNews({
  url,
  answerMs,
  logger,
  metrics,
  onLine,
  onRooms,
}: {
  url: string;
  answerMs: number;
  logger: Logger;
  metrics: Metrics;
  onLine: (line: Line) => void;
  onRooms: () => void;
}): LineNews {
  const valkey = connectValkey({
    url,
    answerMs,
    logger,
    metrics,
    probeKey: 'guichet:lines:probe',
    gauge: {
      name: 'guichet_waiting_room_shared',
      help: '1 while replicas tell each other of their lines, 0 while each asks the database',
    },
    words: {
      usable: 'Replicas tell each other of their lines through Valkey',
      lost: 'Valkey cannot be used: until it can, each replica asks the database for its lines',
    },
  });
  // A connection that listens can do nothing else.
  const listening = valkey.client.duplicate();
  let heardAt = Number.NEGATIVE_INFINITY;

  // What is wrong with it, the other connection says.
  listening.on('error', () => {});
  listening.on('ready', () => void listening.subscribe(channel).catch(() => {}));
  listening.on('message', (_channel: string, text: string) => {
    const news = readNews(text);
    if (!news) return;
    if ('rooms' in news) return onRooms();
    heardAt = performance.now();
    onLine(news.line);
  });

  function publish(news: News): void {
    if (!valkey.usable) return;
    valkey.client.publish(channel, JSON.stringify(news)).catch(valkey.failed);
  }

  return {
    valkey,
    tell: (line: Line) => publish({ line }),
    tellRooms: () => publish({ rooms: true }),
    get isFlowing() {
      return performance.now() - heardAt < silentMs;
    },
    close(): void {
      listening.disconnect();
      valkey.close();
    },
  };
}
