import { messageSchemas } from '@guichet/contracts/messages';
import type { Subscription } from '@guichet/messaging/bus';
import type { TokenVerifier } from './verify-token.ts';

/**
 * What a sign-out, a new role or a disabled account means to a service: each of its processes
 * forgets by itself what it knows of that person, whose older tokens count no more.
 */
export const revocations = (
  service: string,
  tokens: Pick<TokenVerifier, 'forget'>,
): Subscription => ({
  consumer: `${service}.revocations`,
  types: ['subject.revoked'],
  everyProcess: true,
  async handle({ data, time }) {
    const { subjectId } = messageSchemas['subject.revoked'].parse(data);
    tokens.forget(subjectId, Date.parse(time));
  },
});
