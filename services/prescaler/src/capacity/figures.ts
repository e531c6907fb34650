/** Those that a booking costs something at its height, and that more replicas help. */
export const scaled = ['gateway', 'reservation', 'payment', 'notification'] as const;
export type Scaled = (typeof scaled)[number];
export type PerService = Readonly<Record<Scaled, number>>;

/**
 * CPU for one sold place, in µs: scenario h of our own bench (`load-tests/results/latest.json`, the
 * mean of its two cases, rounded), a new visitor's whole way from the quote to the e-mail. It was
 * measured on two cores that everything shared; another machine has other figures.
 */
export const cpuMicros: PerService = {
  gateway: 2_000,
  reservation: 3_000,
  payment: 6_900,
  notification: 5_900,
};

/** What a pod asks for and how full the autoscaler keeps it, as the catalogue has them. */
export const cores: PerService = {
  gateway: 0.2,
  reservation: 0.3,
  payment: 0.1,
  notification: 0.1,
};
export const full: PerService = { gateway: 0.6, reservation: 0.6, payment: 0.6, notification: 0.7 };

/**
 * Bookings that a pod serves each second at the load that the autoscaler aims at, so that what is
 * raised is not at once too little for it. A pod may use more than it asks for while its node has
 * it: what is worked out here is what can be counted on.
 */
export const bookingsPerPod: PerService = Object.fromEntries(
  scaled.map((name) => [
    name,
    Math.round((cores[name] * full[name] * 10_000_000) / cpuMicros[name]) / 10,
  ]),
) as Record<Scaled, number>;

export const bookingsPerPodText = scaled.map((name) => `${name}=${bookingsPerPod[name]}`).join(',');
