import type { z } from 'zod';
import { environmentName, type Given } from './given.ts';

/** What is wrong with one setting. */
export type Wrong = { readonly key: string; readonly message: string };

/** `NAME: what is wrong. What it is for.` A value is never repeated, since it may be a secret. */
export function complaint(schema: z.ZodObject, { key, message }: Wrong): string {
  const { description = '' } = schema.shape[key] as z.ZodType;
  return `${environmentName(key)}: ${message}. ${description}`.trim();
}

/** One setting by itself: its value, or what is wrong with it. */
export function parseSetting(
  schema: z.ZodObject,
  key: string,
  given: Given | undefined,
): { readonly value: unknown } | Wrong {
  if (given && 'unreadable' in given) {
    return { key, message: `its file cannot be read (${given.unreadable})` };
  }
  const parsed = (schema.shape[key] as z.ZodType).safeParse(given?.text);
  if (parsed.success) return { value: parsed.data };
  return { key, message: given ? (parsed.error.issues[0]?.message ?? 'is wrong') : 'is missing' };
}
