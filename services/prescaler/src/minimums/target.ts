import type { V1ManagedFieldsEntry } from '@kubernetes/client-node';
import type { Scaled } from '../capacity/figures.ts';

/** An autoscaler whose minimum may be raised. */
export type Target = {
  readonly service: Scaled;
  readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  readonly name: string;
  readonly uid: string;
  /** A change counts only while it is still this version. */
  readonly version: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** Who has set which of its fields. */
  readonly managedFields: readonly V1ManagedFieldsEntry[];
};

/** What is written on it, so that whoever leads next knows as much. */
export const annotation = {
  ownMinimum: 'guichet.dev/own-minimum',
  raisedTo: 'guichet.dev/raised-to',
  raisedUntil: 'guichet.dev/raised-until',
  /** The highest that it was raised to: what is given back is a third of that. */
  height: 'guichet.dev/raised-at-most-to',
  /** Somebody changed the minimum while it was raised: it is theirs until then. */
  leftAloneUntil: 'guichet.dev/left-alone-until',
} as const;

export type Change = {
  /** Null says that the minimum stays as it is. */
  readonly minimum: number | null;
  readonly annotations: Readonly<Record<string, string | null>>;
  /** Why, in a sentence for whoever reads the object’s events. */
  readonly sentence: string;
};
