import { statusOfPricingRefusal } from '@guichet/contracts/quotes';
import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createServiceApp, type Routes } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { KeyRing } from '@guichet/keys/key-ring';
import { isUnavailable } from '@guichet/mongo/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { Db } from 'mongodb';
import { changeOffering } from './offerings/change-offering.ts';
import { createOffering } from './offerings/create-offering.ts';
import { findSeller } from './offerings/find-seller.ts';
import { listOfferings } from './offerings/list-offerings.ts';
import { offeringRoutes, statusOfOfferingRefusal } from './offerings/offering-routes.ts';
import { offeringStore } from './offerings/offering-store.ts';
import { publishOffering } from './offerings/publish-offering.ts';
import { showOfferings } from './offerings/show-offerings.ts';
import { slotDateStore } from './offerings/slot-date-store.ts';
import { withdrawOffering } from './offerings/withdraw-offering.ts';
import { changeOrganiser } from './organisers/change-organiser.ts';
import { createOrganiser } from './organisers/create-organiser.ts';
import { organiserRoutes, statusOfOrganiserRefusal } from './organisers/organiser-routes.ts';
import { organiserStore } from './organisers/organiser-store.ts';
import { changePage } from './pages/change-page.ts';
import { findNewestTerms } from './pages/find-newest-terms.ts';
import { findPage } from './pages/find-page.ts';
import { pageRoutes, statusOfPageRefusal } from './pages/page-routes.ts';
import { pageStore } from './pages/page-store.ts';
import { addPicture } from './pictures/add-picture.ts';
import { changePicture } from './pictures/change-picture.ts';
import { changePictures } from './pictures/change-pictures.ts';
import { createPictureMaker } from './pictures/make-picture.ts';
import { pictureRoutes, statusOfPictureRefusal } from './pictures/picture-routes.ts';
import { pictureStore } from './pictures/picture-store.ts';
import { removePicture } from './pictures/remove-picture.ts';
import { quoteOffering } from './quotes/quote-offering.ts';
import { quoteRoutes } from './quotes/quote-routes.ts';
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
  const shared = sharedBy(db, published);

  return createServiceApp({
    ...edge,
    statusOf: {
      ...statusOfOrganiserRefusal,
      ...statusOfPageRefusal,
      ...statusOfOfferingRefusal,
      ...statusOfPictureRefusal,
      ...statusOfPricingRefusal,
    },
    isUnavailable,
    mount(routes) {
      mountOrganisers(routes, shared, now);
      mountOfferings(routes, shared, db);
      quoteRoutes(routes, {
        quoteOffering: quoteOffering({
          findOffering: shared.findOffering,
          signQuote: signQuote(keys),
          now,
        }),
        keys,
      });
    },
  });
}

type Shared = ReturnType<typeof sharedBy>;

/** What more than one feature is made of. */
function sharedBy(db: Db, published: () => void) {
  const organisers = organiserStore(db);
  const offerings = offeringStore(db);
  const pages = pageStore(db);
  const newestTerms = findNewestTerms({ pages });
  const { show, showAll } = showOfferings({ findNewestTerms: newestTerms });

  return {
    organisers,
    offerings,
    pages,
    published,
    show,
    showAll,
    findSeller: findSeller({ organisers, findNewestTerms: newestTerms }),
    async findOffering(id: string) {
      const offering = await offerings.find(id);
      return offering ? show(offering) : undefined;
    },
  };
}

function mountOrganisers(routes: Routes, shared: Shared, now: () => number): void {
  const { organisers, offerings, pages, published } = shared;

  organiserRoutes(routes, {
    organisers,
    createOrganiser: createOrganiser({ organisers, published }),
    changeOrganiser: changeOrganiser({ organisers, hasOfferings: offerings.hasAny, published }),
  });
  pageRoutes(routes, {
    organisers,
    pages,
    findPage: findPage({ pages }),
    changePage: changePage({ pages, now }),
  });
}

function mountOfferings(routes: Routes, shared: Shared, db: Db): void {
  const pictures = pictureStore(db);
  const changing = { pictures, changePictures: changePictures(shared) };

  offeringRoutes(routes, {
    ...shared,
    createOffering: createOffering(shared),
    changeOffering: changeOffering(shared),
    publishOffering: publishOffering(shared),
    withdrawOffering: withdrawOffering(shared),
    listOfferings: listOfferings({ ...shared, slotDates: slotDateStore(db) }),
  });
  pictureRoutes(routes, {
    pictures,
    addPicture: addPicture({ ...shared, ...changing, makePicture: createPictureMaker() }),
    changePicture: changePicture(changing),
    removePicture: removePicture(changing),
  });
}
