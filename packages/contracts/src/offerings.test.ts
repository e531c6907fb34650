import { expect, test } from 'vitest';
import { messageSchemas } from './messages.ts';
import { changeOfferingBody, createOfferingBody } from './offerings.ts';

const id = '0197a6f0-0000-7000-8000-000000000001';
const fields = {
  kind: 'event',
  title: { en: 'The Miser' },
  description: { en: 'A comedy.' },
  venue: { name: 'La Lanterne', timeZone: 'Europe/Paris' },
  currency: 'EUR',
  fares: [{ code: 'adult', name: { en: 'Adult' }, priceCents: 3_400 }],
};

test('terms go with the organiser’s unless they are named, and go back with null', () => {
  expect(createOfferingBody.parse(fields).termsVersion).toBeNull();
  expect(changeOfferingBody.parse({ termsVersion: null })).toEqual({ termsVersion: null });
  expect(changeOfferingBody.parse({ title: { en: 'Other' } })).toEqual({ title: { en: 'Other' } });
});

test('a fact that an older catalog told of an offering is still read, without pictures', () => {
  const told = {
    offering: {
      id,
      organiserId: id,
      status: 'published',
      version: 1,
      ...fields,
      termsVersion: '1',
    },
    organiser: { id, name: 'La Lanterne', contactEmail: 'box-office@example.com' },
  };

  expect(messageSchemas['offering.published'].parse(told).offering).toMatchObject({
    pictures: [],
    termsVersion: '1',
  });
});
