/** Toxiproxy's toxics, with units in their names: https://github.com/Shopify/toxiproxy#toxics */
export type Toxic = {
  /** Which way: `downstream` is what the server sends back, which is also the default. */
  stream?: 'upstream' | 'downstream';
  /** The part of the connections that it meets, from 0 to 1; all of them by default. */
  toxicity?: number;
} & (
  | { type: 'latency'; latencyMs: number; jitterMs?: number }
  | { type: 'bandwidth'; kilobytesPerSecond: number }
  /** Holds the end of the connection back. */
  | { type: 'slow_close'; delayMs: number }
  /** Passes nothing on, and ends the connection after that time; 0 never ends it (half-open). */
  | { type: 'timeout'; timeoutMs: number }
  /** Resets the connection (RST) after that time; 0 at once. */
  | { type: 'reset_peer'; timeoutMs: number }
  /** Cuts what passes into small pieces, with a pause after each. */
  | { type: 'slicer'; averageBytes: number; variationBytes?: number; delayMs?: number }
  /** Ends the connection once that much has passed. */
  | { type: 'limit_data'; bytes: number }
);

export type ToxicOf<T extends Toxic['type']> = Extract<Toxic, { type: T }>;

/** The toxics that meet one direction of one connection, as they are at this moment. */
export type ToxicsNow = () => readonly Toxic[];

export const findToxic = <T extends Toxic['type']>(
  toxics: ToxicsNow,
  type: T,
): ToxicOf<T> | undefined => toxics().find((toxic): toxic is ToxicOf<T> => toxic.type === type);
