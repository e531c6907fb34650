import type { OfferingView } from '@guichet/contracts/offerings';

/** An evening with fares, options and fees, for tests. */
export const offeringWith = (changed: Partial<OfferingView> = {}): OfferingView => ({
  id: '0197a6f0-0000-7000-8000-000000000001',
  organiserId: '0197a6f0-0000-7000-8000-0000000000a0',
  status: 'published',
  version: 1,
  kind: 'event',
  title: { en: 'Evening' },
  description: { en: 'An evening' },
  venue: { name: 'Stage', timeZone: 'Europe/Paris' },
  currency: 'EUR',
  fares: [
    {
      code: 'baby',
      name: { en: 'Baby' },
      priceCents: 0,
      takesPlace: false,
      minimum: 0,
      maximum: 2,
    },
    {
      code: 'adult',
      name: { en: 'Adult' },
      priceCents: 2_000,
      takesPlace: true,
      minimum: 0,
      maximum: 9,
    },
    {
      code: 'child',
      name: { en: 'Child' },
      priceCents: 1_000,
      takesPlace: true,
      minimum: 0,
      maximum: 9,
    },
  ],
  options: [],
  fees: [],
  tax: null,
  party: { minimum: 1, maximum: 9 },
  asksNames: false,
  refundRules: [],
  termsVersion: '1',
  pictures: [],
  ...changed,
});
