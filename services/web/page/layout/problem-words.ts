import { Refused, Unanswered } from '../api/call.ts';
import { hasText, t } from '../i18n/t.ts';

/** What went wrong, in the reader’s language, and what to do about it. */
export function wordsOf(error: unknown): string {
  if (error instanceof Unanswered) return t('problem.unanswered');
  const key = error instanceof Refused ? `problem.${error.code}` : '';
  return t(hasText(key) ? key : 'problem.unexpected');
}
