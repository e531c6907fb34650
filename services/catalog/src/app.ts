import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createServiceApp } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { KeyRing } from '@guichet/keys/key-ring';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { Db } from 'mongodb';
import { changeOffering } from './offerings/change-offering.ts';
import { createOffering } from './offerings/create-offering.ts';
import { listOfferings } from './offerings/list-offerings.ts';
import { offeringView } from './offerings/offering.ts';
import { offeringRoutes, statusOfOfferingRefusal } from './offerings/offering-routes.ts';
import { offeringStore } from './offerings/offering-store.ts';
import { publishOffering } from './offerings/publish-offering.ts';
import { slotDateStore } from './offerings/slot-date-store.ts';
import { withdrawOffering } from './offerings/withdraw-offering.ts';
import { changeOrganiser, organiserNotFound } from './organisers/change-organiser.ts';
import { createOrganiser } from './organisers/create-organiser.ts';
import { organiserRoutes, statusOfOrganiserRefusal } from './organisers/organiser-routes.ts';
import { organiserStore } from './organisers/organiser-store.ts';
import { quoteOffering } from './quotes/quote-offering.ts';
import { quoteRoutes, statusOfQuoteRefusal } from './quotes/quote-routes.ts';
import { signQuote } from './quotes/sign-quote.ts';

export type AppDeps = {
  db: Db;
  keys: KeyRing;
  /** Wakes the relay after a fact was written. */
  published: () => void;
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  idempotencyStore: IdempotencyStore;
  now?: () => number;
};

export function createApp({ db, keys, published, now = Date.now, ...edge }: AppDeps) {
  const organisers = organiserStore(db);
  const offerings = offeringStore(db);
  const findSeller = async (organiserId: string) => {
    const organiser = await organisers.find(organiserId);
    if (!organiser) throw organiserNotFound();
    return organiser;
  };
  const findOffering = async (id: string) => {
    const offering = await offerings.find(id);
    return offering ? offeringView(offering) : undefined;
  };
  const writing = { offerings, findSeller, published };

  return createServiceApp({
    ...edge,
    statusOf: { ...statusOfOrganiserRefusal, ...statusOfOfferingRefusal, ...statusOfQuoteRefusal },
    mount(routes) {
      organiserRoutes(routes, {
        organisers,
        createOrganiser: createOrganiser({ organisers, published }),
        changeOrganiser: changeOrganiser({
          organisers,
          hasOfferings: offerings.hasAny,
          published,
        }),
      });
      offeringRoutes(routes, {
        offerings,
        createOffering: createOffering(writing),
        changeOffering: changeOffering(writing),
        publishOffering: publishOffering(writing),
        withdrawOffering: withdrawOffering(writing),
        listOfferings: listOfferings({ offerings, slotDates: slotDateStore(db) }),
      });
      quoteRoutes(routes, {
        quoteOffering: quoteOffering({ findOffering, signQuote: signQuote(keys), now }),
        keys,
      });
    },
  });
}
