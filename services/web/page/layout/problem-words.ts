import i18next from 'i18next';
import { Refused, Unanswered } from '../api/call.ts';
import type en from '../i18n/locales/en.json';

/** What went wrong, in the reader’s language, and what to do about it. */
export function wordsOf(error: unknown): string {
  if (error instanceof Unanswered) return i18next.t('problem.unanswered');
  if (!(error instanceof Refused)) return i18next.t('problem.unexpected');
  const code = error.code as keyof typeof en.problem;
  const known = i18next.exists(`problem.${code}`);
  return i18next.t(`problem.${known ? code : 'unexpected'}`);
}
