import type { Panel } from './panel.ts';
import type { Variable } from './variables.ts';

export type Row = { readonly title: string; readonly panels: readonly Panel[] };

export type Board = {
  /** Also the name of its file, and its place in an address: `/d/<uid>`. */
  readonly uid: string;
  readonly title: string;
  /** Who reads it, and when. */
  readonly readBy: string;
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
  /** What it shows when it is opened, as `now-1h`. */
  readonly from: string;
  /** How often it asks anew. */
  readonly refresh: string;
};

export const panelsOf = ({ rows }: Board): readonly Panel[] => rows.flatMap(({ panels }) => panels);
