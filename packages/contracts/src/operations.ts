import { authOperations } from './auth.ts';
import { bookingChangeOperations } from './booking-changes.ts';
import { bookingRequestOperations } from './booking-requests.ts';
import { bookingOperations } from './bookings.ts';
import { calendarOperations } from './calendar.ts';
import { employeeOperations } from './employees.ts';
import { internalOperations } from './internal.ts';
import { lineOperations } from './lines.ts';
import { liveOperations } from './live.ts';
import { offeringOperations } from './offerings.ts';
import { onSales } from './on-sales.ts';
import type { Operation } from './operation.ts';
import { organiserOperations } from './organisers.ts';
import { pageOperations } from './pages.ts';
import { passOperations } from './passes.ts';
import { paymentOperations } from './payments.ts';
import { pictureOperations } from './pictures.ts';
import { quoteOperations } from './quotes.ts';
import { slotOperations } from './slots.ts';
import { waitingListOperations } from './waiting-list.ts';
import { waitingRoomOperations } from './waiting-rooms.ts';

/** What the gateway routes and the OpenAPI document describes. */
export const publicOperations: readonly Operation[] = [
  ...authOperations,
  ...organiserOperations,
  ...pageOperations,
  ...employeeOperations,
  ...offeringOperations,
  ...pictureOperations,
  ...quoteOperations,
  ...slotOperations,
  ...liveOperations,
  ...calendarOperations,
  ...bookingOperations,
  ...bookingChangeOperations,
  ...bookingRequestOperations,
  ...waitingListOperations,
  ...passOperations,
  ...paymentOperations,
  ...waitingRoomOperations,
  ...lineOperations,
  onSales,
];

/** Every operation there is, those between services included. */
export const allOperations: readonly Operation[] = [...publicOperations, ...internalOperations];
