import { join } from 'node:path';
import { execa } from 'execa';

/** So many bookings a second for so long. */
export type Phase = { readonly perSecond: number; readonly seconds: number };

/** What became of those who came in a phase. */
export type Seen = {
  readonly outcomes: Readonly<Record<string, number>>;
  /** From when they were due, not from when the generator got round to them. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Refused without being told when to come again. */
  readonly untold: number;
  /** The connection ended without an answer. */
  readonly broken: number;
  /** Nobody was there to ask: the generator’s own limit. */
  readonly unsent: number;
};
export type Run = {
  readonly phases: readonly Seen[];
  /** How many were placed in each tenth of a second since the beginning. */
  readonly placed: readonly number[];
};

export const ticksPerSecond = 10;

const program = join(import.meta.dirname, 'open-loop-program.ts');

/**
 * Books in phases, one after the other without a pause, at times that do not depend on answers. In a
 * process of its own, so that its CPU is the generator’s.
 */
export async function openLoop(load: {
  /** One program at several addresses: the connections take turns. */
  urls: readonly URL[];
  quotesFile: string;
  phases: readonly Phase[];
}): Promise<Run> {
  const { stdout } = await execa('node', [program, JSON.stringify(load)], { buffer: true });
  return JSON.parse(stdout) as Run;
}
