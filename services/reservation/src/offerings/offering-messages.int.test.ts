import { newId } from '@guichet/contracts/ids';
import { createMessage } from '@guichet/messaging/message';
import { expect } from 'vitest';
import { test } from '../reservation-test.ts';
import { offeringMessages } from './offering-messages.ts';
import { offeringStore } from './offering-store.ts';
import { organiserStore } from './organiser-store.ts';

const id = newId();
const organiserId = newId();
const published = (version: number) =>
  createMessage({
    source: 'catalog',
    type: 'offering.published',
    subject: id,
    sequence: version,
    data: {
      organiser: { id: organiserId, name: 'La Lanterne', contactEmail: 'a@example.org' },
      offering: {
        id,
        organiserId,
        version,
        status: 'published',
        kind: 'event',
        title: { en: `Version ${version}` },
        description: { en: 'A play' },
        venue: { name: 'Theatre', timeZone: 'Europe/Paris' },
        currency: 'EUR',
        fares: [
          {
            code: 'adult',
            name: { en: 'Adult' },
            priceCents: 2500,
            takesPlace: true,
            minimum: 0,
            maximum: 10,
          },
        ],
        options: [],
        fees: [],
        tax: null,
        party: { minimum: 1, maximum: 10 },
        asksNames: false,
        refundRules: [],
        termsVersion: '1',
        pictures: [],
      },
    },
  });
const withdrawn = (version: number) =>
  createMessage({
    source: 'catalog',
    type: 'offering.withdrawn',
    subject: id,
    sequence: version,
    data: { offeringId: id, organiserId, version },
  });

test('an offering is known as catalog last told it, in whatever order the facts come', async ({
  pool,
}) => {
  const facts = [published(2), withdrawn(3), published(4), withdrawn(5)];
  for (const order of [
    [0, 1, 2, 3],
    [0, 3, 2, 1],
    [2, 3, 3, 0, 1],
  ]) {
    await pool.query('delete from offerings');
    const { handle } = offeringMessages({ pool });
    for (const at of order) await handle(facts[at] ?? published(2));

    expect(await offeringStore(pool).find(id)).toMatchObject({ status: 'withdrawn', version: 5 });
  }
});

test('a publication after a withdrawal sells again', async ({ pool }) => {
  const { handle } = offeringMessages({ pool });
  for (const fact of [published(2), withdrawn(3), published(4)]) await handle(fact);

  expect(await offeringStore(pool).find(id)).toMatchObject({
    status: 'published',
    version: 4,
    title: { en: 'Version 4' },
    venue: { timeZone: 'Europe/Paris' },
    fares: [{ code: 'adult', name: { en: 'Adult' } }],
  });
  expect(await organiserStore(pool).findName(organiserId)).toBe('La Lanterne');
});
