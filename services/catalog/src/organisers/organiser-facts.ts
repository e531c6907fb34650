import { createMessage, type Message } from '@guichet/messaging/message';
import { type OrganiserDocument, organiserView } from './organiser.ts';

/** Its full state at its version. */
export const organiserChanged = (organiser: OrganiserDocument): Message =>
  createMessage({
    source: 'guichet/catalog',
    type: 'organiser.changed',
    subject: organiser._id,
    sequence: organiser.version,
    data: { organiser: organiserView(organiser), createdBy: organiser.createdBy },
  });
