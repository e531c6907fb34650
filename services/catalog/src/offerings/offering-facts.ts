import { createMessage, type Message } from '@guichet/messaging/message';
import { type OfferingDocument, offeringView } from './offering.ts';
import type { Seller } from './seller.ts';

/** What is on sale, in full, with who sells it. */
export const offeringPublished = (offering: OfferingDocument, organiser: Seller): Message =>
  createMessage({
    source: 'guichet/catalog',
    type: 'offering.published',
    subject: offering._id,
    sequence: offering.version,
    data: {
      offering: offeringView(offering, organiser.newestTerms),
      organiser: {
        id: organiser._id,
        name: organiser.name,
        contactEmail: organiser.contactEmail,
      },
    },
  });

export const offeringWithdrawn = ({ _id, organiserId, version }: OfferingDocument): Message =>
  createMessage({
    source: 'guichet/catalog',
    type: 'offering.withdrawn',
    subject: _id,
    sequence: version,
    data: { offeringId: _id, organiserId, version },
  });
