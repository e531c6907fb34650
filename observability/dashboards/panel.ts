import type { ServiceName } from '@guichet/cdk8s/catalogue';
import type { Query } from './query.ts';

/** From where on a value is orange and red; or, for what must not be low, up to where. */
export type Limits = {
  readonly orange?: number;
  readonly red: number;
  readonly bad: 'above' | 'below';
};

export type Panel = {
  readonly draw: 'stat' | 'graph' | 'stack' | 'table' | 'lines';
  readonly title: string;
  /** What its numbers say. */
  readonly means: string;
  /** How one knows that something is wrong, and where to look then. */
  readonly wrong: string;
  /** As Grafana names units. */
  readonly unit: string;
  /** In columns, of which a board has 24. */
  readonly width: number;
  /** In Grafana's units of 30 pixels. */
  readonly height: number;
  readonly queries: readonly Query[];
  readonly limits?: Limits;
  readonly decimals?: number;
  /** Whose log lines and traces it leads to: a service's, or those of the series' own label. */
  readonly leadsTo?: ServiceName | 'series';
  /** It asks what exists only there: kubelets, exporters, whatever counts other than our processes. */
  readonly only?: 'in a cluster' | 'with MongoDB itself' | 'with Valkey';
  /** Why it may rightly be empty when all is well. */
  readonly emptyBecause?: string;
};

type Sized = Partial<Pick<Panel, 'width' | 'height'>>;
export type Given = Omit<Panel, 'draw' | 'width' | 'height'> & Sized;

const drawn =
  (draw: Panel['draw'], size: Required<Sized>) =>
  (given: Given): Panel => ({ draw, ...size, ...given });

/** One number, to be read from across the room. */
export const stat = drawn('stat', { width: 6, height: 5 });
export const graph = drawn('graph', { width: 12, height: 8 });
/** As a graph, one on top of the other: their sum is the upper edge. */
export const stack = drawn('stack', { width: 12, height: 8 });
/** One line for each series, with what it is now. */
export const table = drawn('table', { width: 12, height: 8 });
/** Log lines. */
export const lines = drawn('lines', { width: 24, height: 12 });
