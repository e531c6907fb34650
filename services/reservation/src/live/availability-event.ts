import type { AvailabilityEvent } from '@guichet/contracts/live';
import { eventOf } from '@guichet/http/event-stream';

export const availabilityEvent = (data: AvailabilityEvent): Buffer => eventOf('availability', data);
