import { offeringLive } from '@guichet/contracts/live';
import { eventStreamHeaders } from '@guichet/http/event-stream';
import type { Routes } from '@guichet/http/service-app';
import type { LiveFeeds, LiveRefusal } from './live-feeds.ts';

export const statusOfLiveRefusal = {
  too_many_listeners: 503,
} satisfies Record<LiveRefusal, number>;

export function liveRoutes(routes: Routes, { liveFeeds }: { liveFeeds: LiveFeeds }): void {
  routes.on(offeringLive, async ({ params, req, res }) => {
    await liveFeeds.listen(params.id, () => {
      res.writeHead(200, eventStreamHeaders);
      if (req.method !== 'HEAD') return res;
      res.end();
      return undefined;
    });
  });
}
