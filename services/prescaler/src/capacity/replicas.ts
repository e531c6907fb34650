import { type PerService, type Scaled, scaled } from './figures.ts';

export type Bounds = {
  /** The autoscalers’ own maximums; who has none is not scaled. */
  readonly most: Partial<PerService>;
  /** Connections that the database gives all replicas of reservation, and one takes. */
  readonly reservationConnections: number;
  readonly connectionsPerReplica: number;
};

export type Wanted = { readonly replicas: number; readonly because: string | null };

/** How many of each serve so many bookings a second, as far as anything lets them. */
export function replicasFor(
  perSecond: number,
  perPod: PerService,
  { most, reservationConnections, connectionsPerReplica }: Bounds,
): Readonly<Record<Scaled, Wanted>> {
  const wanted = (name: Scaled): Wanted => {
    const needed = Math.ceil(perSecond / perPod[name]);
    const bounds: [number, string][] = [
      [most[name] ?? 0, `its autoscaler’s maximum is ${most[name] ?? 0}`],
    ];
    if (name === 'reservation') {
      const fit = Math.max(1, Math.floor(reservationConnections / connectionsPerReplica));
      bounds.push([
        fit,
        `the database’s ${reservationConnections} connections serve ${fit} replicas`,
      ]);
    }
    const [bound, why] = bounds.reduce((least, other) => (other[0] < least[0] ? other : least));
    return needed > bound
      ? { replicas: bound, because: `${needed} would be needed, but ${why}.` }
      : { replicas: needed, because: null };
  };
  return Object.fromEntries(scaled.map((name) => [name, wanted(name)])) as Record<Scaled, Wanted>;
}
