import { setTimeout as sleep } from 'node:timers/promises';
import { login, register, tokensOf } from '@guichet/contracts/auth';
import { type Client, ProblemAnswer } from '@guichet/contracts/client';
import type { DemoAccount } from './accounts.ts';

/** What a call says of who makes it. */
export type Credentials = { authorization: string };

/** Signs somebody in, opening the account first where there is none. */
export async function signIn(
  api: Client,
  account: DemoAccount,
  person: { firstName: string; lastName: string },
): Promise<Credentials> {
  try {
    return await credentials(api, account);
  } catch (error) {
    if (!(error instanceof ProblemAnswer && error.code === 'credentials_invalid')) throw error;
  }
  await api.call(register, {
    body: {
      ...account,
      firstName: person.firstName,
      lastName: person.lastName,
      language: 'en',
    },
  });
  return credentials(api, account);
}

/**
 * Signs somebody in for an organiser. Identity hears of a new organiser by a message, so its first
 * admin is refused for a moment.
 */
export async function signInFor(
  api: Client,
  account: DemoAccount,
  organiserId: string,
): Promise<Credentials> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await credentials(api, account, organiserId);
    } catch (error) {
      const soon = error instanceof ProblemAnswer && error.code === 'not_employed';
      if (!soon || Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

async function credentials(
  api: Client,
  { email, password }: DemoAccount,
  organiserId?: string,
): Promise<Credentials> {
  const session = await api.call(login, {
    body: { email, password, ...(organiserId && { organiserId }) },
  });
  const { accessToken } = tokensOf(session);
  return { authorization: `Bearer ${accessToken}` };
}
