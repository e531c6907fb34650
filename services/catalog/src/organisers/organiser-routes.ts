import {
  changeOrganiser as changeOrganiserOperation,
  createOrganiser as createOrganiserOperation,
  getOrganiser,
  listOrganisers,
} from '@guichet/contracts/organisers';
import type { Routes } from '@guichet/http/service-app';
import { pageOf } from '../page.ts';
import { type ChangeOrganiser, organiserNotFound } from './change-organiser.ts';
import type { CreateOrganiser } from './create-organiser.ts';
import { type OrganiserFields, type OrganiserRefusal, organiserView } from './organiser.ts';
import type { OrganiserStore } from './organiser-store.ts';

export const statusOfOrganiserRefusal = {
  organiser_not_found: 404,
  currency_in_use: 409,
} satisfies Record<OrganiserRefusal, number>;

export function organiserRoutes(
  routes: Routes,
  {
    organisers,
    createOrganiser,
    changeOrganiser,
  }: {
    organisers: OrganiserStore;
    createOrganiser: CreateOrganiser;
    changeOrganiser: ChangeOrganiser;
  },
): void {
  routes.on(createOrganiserOperation, async ({ body, subject, res }) => {
    const organiser = await createOrganiser(body, subject.id);

    res.status(201).location(`/api/organisers/${organiser._id}`).json(organiserView(organiser));
  });

  routes.on(listOrganisers, async ({ query: { limit, cursor }, res }) => {
    const page = pageOf(await organisers.list(limit + 1, cursor), limit);

    res.json({ ...page, items: page.items.map(organiserView) });
  });

  routes.on(getOrganiser, async ({ params, res }) => {
    const organiser = await organisers.find(params.id);
    if (!organiser) throw organiserNotFound();

    res.json(organiserView(organiser));
  });

  routes.on(changeOrganiserOperation, async ({ params, body, subject, res }) => {
    if (params.id !== subject.organiserId) throw organiserNotFound();

    // JSON has no `undefined`: a field that is named has a value.
    res.json(organiserView(await changeOrganiser(params.id, body as Partial<OrganiserFields>)));
  });
}
