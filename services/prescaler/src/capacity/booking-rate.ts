export type RateSettings = {
  /** How many buyers come for each place where no room says how many are expected. */
  readonly buyersPerPlace: number;
  /** Of all buyers, those that come in the first minute. */
  readonly firstMinutePercent: number;
  /** What a room that goes by measurement lets in at most, each second. */
  readonly roomMostPerSecond: number;
};

export type Crowd =
  | { readonly room: true; readonly buyers: number; readonly perSecond: number | null }
  | { readonly room: false; readonly capacity: number };

export const buyersOf = (crowd: Crowd, { buyersPerPlace }: RateSettings): number =>
  crowd.room ? crowd.buyers : Math.ceil(crowd.capacity * buyersPerPlace);

/** Bookings each second at the height: the first minute, or what a room lets in of it. */
export function bookingRate(crowd: Crowd, settings: RateSettings): number {
  const rush = (buyersOf(crowd, settings) * settings.firstMinutePercent) / 100 / 60;
  if (!crowd.room) return rush;
  // A room makes the rush flat: who waits comes in later, and never faster than it lets them.
  return crowd.perSecond === null
    ? Math.min(rush, settings.roomMostPerSecond)
    : Math.min(buyersOf(crowd, settings), crowd.perSecond);
}
