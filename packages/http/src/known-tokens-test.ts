import { Problem } from './problem.ts';
import type { Subject } from './subject.ts';
import type { TokenVerifier } from './verify-token.ts';

/** Tokens as a test has them: `subjectOf` says whose each is, and one that is nobody's is a bad one. */
export const knownTokens = (subjectOf: (token: string) => Subject | undefined): TokenVerifier => ({
  async verify(token) {
    const subject = subjectOf(token);
    if (subject) return subject;
    throw new Problem({ status: 401, code: 'invalid_token', detail: 'No.' });
  },
  forget() {},
});
