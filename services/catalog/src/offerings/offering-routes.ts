import { offeringForSlots } from '@guichet/contracts/internal';
import {
  type ChangeOffering,
  changeOffering as changeOfferingOperation,
  createOffering as createOfferingOperation,
  getOffering,
  listOfferings as listOfferingsOperation,
  publishOffering as publishOfferingOperation,
  withdrawOffering as withdrawOfferingOperation,
} from '@guichet/contracts/offerings';
import { Problem } from '@guichet/http/problem';
import type { Routes } from '@guichet/http/service-app';
import type { Subject } from '@guichet/http/subject';
import type { changeOffering } from './change-offering.ts';
import type { createOffering } from './create-offering.ts';
import type { listOfferings } from './list-offerings.ts';
import { maySee, type OfferingRefusal } from './offering.ts';
import type { OfferingStore } from './offering-store.ts';
import { offeringNotFound } from './own-offering.ts';
import type { publishOffering } from './publish-offering.ts';
import type { ShowOfferings } from './show-offerings.ts';
import type { withdrawOffering } from './withdraw-offering.ts';

export const statusOfOfferingRefusal = {
  offering_not_found: 404,
  offering_invalid: 422,
  offering_not_published: 409,
  organiser_not_found: 404,
} satisfies Record<OfferingRefusal, number>;

export type OfferingActions = {
  offerings: OfferingStore;
  createOffering: ReturnType<typeof createOffering>;
  changeOffering: ReturnType<typeof changeOffering>;
  publishOffering: ReturnType<typeof publishOffering>;
  withdrawOffering: ReturnType<typeof withdrawOffering>;
  listOfferings: ReturnType<typeof listOfferings>;
} & ShowOfferings;

export function offeringRoutes(routes: Routes, actions: OfferingActions): void {
  readRoutes(routes, actions);
  writeRoutes(routes, actions);
}

function readRoutes(
  routes: Routes,
  { offerings, listOfferings, show, showAll }: OfferingActions,
): void {
  routes.on(listOfferingsOperation, async ({ query: { mine, ...query }, subject, res }) => {
    const page = await listOfferings(query, mine ? staffOf(subject) : undefined);

    res.json({ ...page, items: await showAll(page.items) });
  });

  routes.on(getOffering, async ({ params, subject, res }) => {
    const offering = await offerings.find(params.id);
    if (!offering || !maySee(offering, subject?.organiserId)) throw offeringNotFound();

    res.json(await show(offering));
  });

  routes.on(offeringForSlots, async ({ params, res }) => {
    const offering = await offerings.find(params.id);
    if (!offering) throw offeringNotFound();

    res.json(await show(offering));
  });
}

function writeRoutes(routes: Routes, { show, ...actions }: OfferingActions): void {
  routes.on(createOfferingOperation, async ({ body, subject, res }) => {
    const offering = await actions.createOffering(subject.organiserId, body);

    res
      .status(201)
      .location(`/api/offerings/${offering._id}`)
      .json(await show(offering));
  });

  routes.on(changeOfferingOperation, async ({ params, body, subject, res }) => {
    const changed = await actions.changeOffering(
      subject.organiserId,
      params.id,
      body as ChangeOffering,
    );

    res.json(await show(changed));
  });

  routes.on(publishOfferingOperation, async ({ params, subject, res }) => {
    res.json(await show(await actions.publishOffering(subject.organiserId, params.id)));
  });

  routes.on(withdrawOfferingOperation, async ({ params, subject, res }) => {
    res.json(await show(await actions.withdrawOffering(subject.organiserId, params.id)));
  });
}

function staffOf(subject: Subject | undefined): string {
  if (!subject) {
    throw new Problem({
      status: 401,
      code: 'authentication_required',
      detail: 'Sign in to see your own offerings.',
    });
  }
  if (!subject.organiserId) {
    throw new Problem({
      status: 403,
      code: 'permission_denied',
      detail: 'This token acts for no organiser.',
    });
  }
  return subject.organiserId;
}
