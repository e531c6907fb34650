import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { createServiceClient } from '@guichet/http/service-client';
import { startService } from '@guichet/http/start-service';
import { built, createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createDocument } from './html/document.ts';
import { machineRoutes } from './machines/machine-routes.ts';
import { createPages } from './pages.ts';
import { createShop } from './shop/shop.ts';

const service = await startService({ name: 'web', readConfig });
const { config, logger, metrics } = service;
const { publicUrl, stripeJsUrl, keptForMs } = config;

const discovery = createStaticDiscovery(config.services);
const catalog = createServiceClient({ service: 'catalog', discovery });
const reservation = createServiceClient({ service: 'reservation', discovery });
const shop = createShop({ catalog, reservation, keptForMs });

await service.run({
  app: createApp({
    pages: createPages({ shop, publicUrl }),
    document: createDocument({
      template: readFileSync(join(built, 'index.html'), 'utf8'),
      publicUrl,
      start: { stripeJsUrl },
    }),
    machines: machineRoutes({ shop, publicUrl }),
    stripeJsUrl,
    logger,
    metrics,
  }),
  // The page itself needs nobody; what it shows comes from the API, which says when it cannot.
  readiness: {},
  stop: async () => {
    await Promise.all([catalog.close(), reservation.close()]);
    await discovery.close();
  },
});
