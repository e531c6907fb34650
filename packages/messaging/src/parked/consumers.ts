/**
 * Every consumer whose messages can be parked. AMQP lists no queues, so an operator's program must
 * know their names; the test of the whole stack holds this list against what the services say.
 */
export const consumers = [
  'catalog.slot-dates',
  'identity.organisers',
  'notification.accounts',
  'notification.bookings',
  'notification.confirmations',
  'notification.offerings',
  'notification.waiting_lists',
  'notification.waiting_rooms',
  'payment.refunds',
  'reservation.offerings',
  'reservation.organisers',
  'reservation.payments',
] as const;
