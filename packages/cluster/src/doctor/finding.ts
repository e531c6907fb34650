import type { Tools } from '../tools.ts';

/** What was found of one thing that a cluster should have, and what to do where it is missing. */
export type Finding =
  | { readonly state: 'ok'; readonly says: string }
  | { readonly state: 'unknown' | 'missing'; readonly says: string; readonly todo: string };

export type Check = (tools: Tools) => Promise<Finding>;

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const missing = (says: string, todo: string): Finding => ({ state: 'missing', says, todo });
export const unknown = (says: string, todo: string): Finding => ({ state: 'unknown', says, todo });

/** What a command says, or nothing where it fails. */
export const answerOf = (asking: Promise<string>): Promise<string | undefined> =>
  asking.catch(() => undefined);
