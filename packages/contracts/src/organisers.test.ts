import { expect, test } from 'vitest';
import { messageSchemas } from './messages.ts';
import { changeOrganiserBody, createOrganiserBody } from './organisers.ts';

const fields = {
  name: 'La Lanterne',
  contactEmail: 'box-office@example.com',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  language: 'fr',
};

test('what a change does not name stays, and what a new organiser does not name is not there', () => {
  expect(changeOrganiserBody.parse({ name: 'Other' })).toEqual({ name: 'Other' });
  expect(changeOrganiserBody.parse({ accent: null })).toEqual({ accent: null });
  expect(createOrganiserBody.parse(fields)).toEqual({ ...fields, accent: null, company: null });
});

test('a colour is kept in lower case', () => {
  expect(changeOrganiserBody.parse({ accent: '#9F1D35' })).toEqual({ accent: '#9f1d35' });
  expect(changeOrganiserBody.safeParse({ accent: '9f1d35' }).success).toBe(false);
});

test('a fact that an older catalog told of an organiser is still read', () => {
  const id = '0197a6f0-0000-7000-8000-000000000001';
  const told = { organiser: { id, ...fields, version: 1 }, createdBy: id };

  expect(messageSchemas['organiser.changed'].parse(told).organiser).toMatchObject({
    accent: null,
    company: null,
  });
});
