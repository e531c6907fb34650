/** What a booking is to the model. `began`: its payment has begun, and a card can be tried. */
export type ModelBooking = {
  places: number;
  status: 'PENDING' | 'CONFIRMED' | 'CANCELLED';
  extended: boolean;
  began: boolean;
};

export type Said = 'ok' | readonly string[];

/**
 * One slot and its bookings, as DESIGN.md tells of them, without a database, a network or a clock.
 * Each action changes the model and says what has to be answered: `ok`, or one of these refusals.
 */
export function createModel(capacity: number) {
  const bookings: ModelBooking[] = [];
  const at = (nth: number) => bookings[nth] as ModelBooking;
  const remaining = () =>
    bookings.reduce(
      (left, { status, places }) => left - (status === 'CANCELLED' ? 0 : places),
      capacity,
    );

  return {
    bookings: bookings as readonly Readonly<ModelBooking>[],
    remaining,

    place(places: number): Said {
      if (places > remaining()) return ['sold_out'];
      bookings.push({ places, status: 'PENDING', extended: false, began: false });
      return 'ok';
    },

    extend(nth: number): Said {
      const booking = at(nth);
      if (booking.status !== 'PENDING') return ['booking_not_pending'];
      if (booking.extended) return ['already_extended'];
      booking.extended = true;
      return 'ok';
    },

    begin(nth: number): Said {
      const booking = at(nth);
      if (booking.status === 'CONFIRMED') return ['already_paid'];
      // Until its money has gone back, a cancelled booking is also one that was paid.
      if (booking.status === 'CANCELLED') return ['booking_not_pending', 'already_paid'];
      booking.began = true;
      return 'ok';
    },

    pay(nth: number, isGood: boolean): Said {
      const booking = at(nth);
      if (booking.status !== 'PENDING') return ['card_refused'];
      if (!isGood) return ['declined'];
      booking.status = 'CONFIRMED';
      return 'ok';
    },

    cancel(nth: number): Said {
      const booking = at(nth);
      if (booking.status === 'CANCELLED') return ['booking_ended'];
      booking.status = 'CANCELLED';
      return 'ok';
    },
  };
}
export type Model = ReturnType<typeof createModel>;
