import { messageSchemas } from '@guichet/contracts/messages';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Subscription } from '@guichet/messaging/bus';

/** Each process forgets by itself what it knows of a person whose tokens count no more. */
export const revocations = (tokens: Pick<TokenVerifier, 'forget'>): Subscription => ({
  consumer: 'reservation.revocations',
  types: ['subject.revoked'],
  everyProcess: true,
  async handle({ data, time }) {
    const { subjectId } = messageSchemas['subject.revoked'].parse(data);
    tokens.forget(subjectId, Date.parse(time));
  },
});
