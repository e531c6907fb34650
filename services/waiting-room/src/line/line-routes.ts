import * as operations from '@guichet/contracts/lines';
import { eventStreamHeaders } from '@guichet/http/event-stream';
import type { Routes } from '@guichet/http/service-app';
import { roomNotFound } from '../rooms/room.ts';
import type { Book } from './book.ts';
import type { LineFeeds, LineRefusal } from './line-feeds.ts';

export const statusOfLineRefusal = {
  room_not_found: 404,
  too_many_listeners: 503,
} satisfies Record<LineRefusal, number>;

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'public, max-age=1',
};

export function lineRoutes(
  routes: Routes,
  { book, lineFeeds }: { book: Book; lineFeeds: LineFeeds },
): void {
  routes.on(operations.line, async ({ params, res }) => {
    const found = await book.find(params.id);
    if (!found) throw roomNotFound();

    const bytes = book.frameOf(found);
    res.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  });

  routes.on(operations.lineLive, async ({ params, req, res }) => {
    await lineFeeds.listen(params.id, () => {
      res.writeHead(200, eventStreamHeaders);
      if (req.method !== 'HEAD') return res;
      res.end();
      return undefined;
    });
  });
}
