import type { Pool } from '@guichet/postgres/pool';
import type { Networks } from '../networks/networks.ts';
import { refusal } from '../turns/turn-refusal.ts';
import { emailCodeStore } from './email-code-store.ts';

/** One address is one, however it is written. */
export const hashesOf = ({ hashOf }: Pick<Networks, 'hashOf'>) => ({
  ofEmail: (email: string) => hashOf(`email ${email.trim().toLowerCase()}`),
  ofCode: (email: string, code: string) => hashOf(`code ${email.trim().toLowerCase()} ${code}`),
});

/** Whose a turn is where it is given to an address that receives e-mail. */
export function checkEmailCode({ pool, networks }: { pool: Pool; networks: Networks }) {
  const store = emailCodeStore(pool);
  const { ofEmail, ofCode } = hashesOf(networks);
  return async ({
    roomId,
    email,
    code,
  }: {
    roomId: string;
    email: string | undefined;
    code: string | undefined;
  }): Promise<Buffer> => {
    if (!email || !code) throw refusal('email_code_wrong');
    const emailHash = ofEmail(email);
    const fits = await store.check(roomId, emailHash, ofCode(email, code.trim()));
    if (!fits) throw refusal('email_code_wrong');
    return emailHash;
  };
}
export type CheckEmailCode = ReturnType<typeof checkEmailCode>;
