import type { Client } from '@guichet/contracts/client';
import {
  createOffering,
  listOfferings,
  type OfferingView,
  publishOffering,
} from '@guichet/contracts/offerings';
import { importSlots } from '@guichet/contracts/slots';
import type { DemoOffering } from './demo-files.ts';
import { type Cover, seedCover } from './seed-cover.ts';
import type { Credentials } from './sign-in.ts';

/**
 * Creates an offering, gives it its cover and its timetables and publishes it, in this order: what
 * is published is complete, and a draft was interrupted, so its steps are repeated under the keys
 * of their files. Cover and timetables go to two services, which work on them at the same time.
 */
export async function seedOffering(
  api: Client,
  staff: Credentials,
  { offering, picture, timetables }: DemoOffering,
  draw: Cover['draw'],
): Promise<{ id: string; name: string }> {
  const { value: body, idempotencyKey } = offering;
  const name = body.title.en ?? '';
  const found = await findOffering(api, staff, name);
  const seeded = found ?? (await api.call(createOffering, { ...staff, idempotencyKey, body }));
  const { id, status } = seeded;

  await Promise.all([
    seedCover(api, staff, seeded, { alt: picture.alt, draw }),
    status === 'draft' && importTimetables(api, staff, id, timetables),
  ]);
  if (status === 'draft') await api.call(publishOffering, { ...staff, params: { id } });
  return { id, name };
}

async function importTimetables(
  api: Client,
  staff: Credentials,
  offeringId: string,
  timetables: DemoOffering['timetables'],
): Promise<void> {
  for (const { value, mediaType, idempotencyKey } of timetables) {
    await api.call(importSlots, {
      ...staff,
      idempotencyKey,
      query: { offeringId },
      body: value,
      mediaType,
    });
  }
}

async function findOffering(
  api: Client,
  staff: Credentials,
  name: string,
): Promise<OfferingView | undefined> {
  let cursor: string | null = null;
  do {
    const page: { items: OfferingView[]; nextCursor: string | null } = await api.call(
      listOfferings,
      { ...staff, query: { mine: 'true', limit: 100, ...(cursor && { cursor }) } },
    );
    const found = page.items.find(({ title }) => title.en === name);
    if (found) return found;
    cursor = page.nextCursor;
  } while (cursor);
  return undefined;
}
