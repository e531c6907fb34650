import type { OrganiserView } from '@guichet/contracts/organisers';
import type { Versioned } from '@guichet/mongo/versioned';

export type OrganiserRefusal = 'organiser_not_found' | 'currency_in_use';

export type OrganiserFields = Omit<OrganiserView, 'id' | 'version'>;

/** The document; `createdBy` is who became its first admin. */
export type OrganiserDocument = Versioned & OrganiserFields & { createdBy: string };

export const organiserView = (organiser: OrganiserDocument): OrganiserView => ({
  id: organiser._id,
  name: organiser.name,
  contactEmail: organiser.contactEmail,
  currency: organiser.currency,
  timeZone: organiser.timeZone,
  language: organiser.language,
  // Documents from before there were colours and companies have no such fields.
  accent: organiser.accent ?? null,
  company: organiser.company ?? null,
  version: organiser.version,
});
