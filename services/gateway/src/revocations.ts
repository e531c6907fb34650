import { messageSchemas } from '@guichet/contracts/messages';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Message } from '@guichet/messaging/message';

/** What a sign-out, a new role or a disabled account means here: their tokens are asked about anew. */
export const revocations = (tokens: Pick<TokenVerifier, 'forget'>) => ({
  consumer: 'gateway.revocations',
  types: ['subject.revoked'],
  everyProcess: true,
  async handle({ data, time }: Message): Promise<void> {
    tokens.forget(messageSchemas['subject.revoked'].parse(data).subjectId, Date.parse(time));
  },
});
