import { login, me, refresh, register, tokensOf } from '@guichet/contracts/auth';
import { ProblemAnswer } from '@guichet/contracts/client';
import { hireEmployee } from '@guichet/contracts/employees';
import { newId } from '@guichet/contracts/ids';
import { createMessage } from '@guichet/messaging/message';
import { organiserMessages } from '../src/employees/organiser-messages.ts';
import type { RunningIdentity } from './identity-test.ts';

export const password = 'three boats leave at noon';

export type Person = {
  id: string;
  email: string;
  authorization: string;
  refreshToken: string;
};

/** Registers somebody and signs them in, as the API has it. */
export async function signUp({ api }: RunningIdentity, email = `${newId()}@guichet.test`) {
  const named = { firstName: 'Ada', lastName: 'Lovelace', language: 'fr' as const };
  await api.call(register, { body: { email, password, ...named } });
  return signInAs({ api }, email);
}

export async function signInAs(
  { api }: Pick<RunningIdentity, 'api'>,
  email: string,
  organiserId?: string,
): Promise<Person> {
  const session = await api.call(login, {
    body: { email, password, ...(organiserId && { organiserId }) },
  });
  const { accessToken, refreshToken } = tokensOf(session);
  const authorization = `Bearer ${accessToken}`;
  const { id } = await api.call(me, { authorization });
  return { id, email, authorization, refreshToken };
}

/** The next tokens of a session, for a program. */
export const refreshed = async (
  { api }: Pick<RunningIdentity, 'api'>,
  body: { refreshToken: string; organiserId?: string | null },
) => tokensOf(await api.call(refresh, { body }));

/** What catalog tells of an organiser that somebody created. */
export const organiserChanged = (organiserId: string, createdBy: string, version = 1) =>
  createMessage({
    source: 'catalog',
    type: 'organiser.changed',
    subject: organiserId,
    sequence: version,
    data: {
      organiser: {
        id: organiserId,
        name: 'Théâtre du Port',
        contactEmail: 'port@guichet.test',
        currency: 'EUR',
        timeZone: 'Europe/Paris',
        language: 'fr',
        accent: null,
        company: null,
        version,
      },
      createdBy,
    },
  });

/** An organiser whose creator became its admin, and acts for it. */
export async function openOrganiser(identity: RunningIdentity) {
  const organiserId = newId();
  const creator = await signUp(identity);
  await organiserMessages(identity.deps).handle(organiserChanged(organiserId, creator.id));
  return { organiserId, admin: await signInAs(identity, creator.email, organiserId) };
}

export const grace = { firstName: 'Grace', lastName: 'Hopper' };

export const hire = ({ api }: RunningIdentity, by: Person, email: string, role: string) =>
  api.call(hireEmployee, {
    authorization: by.authorization,
    body: { ...grace, email, role },
  });

/** Somebody who registered, was hired with that role, and acts for the organiser. */
export async function hired(
  identity: RunningIdentity,
  { organiserId, admin }: { organiserId: string; admin: Person },
  role: string,
): Promise<Person> {
  const { email } = await signUp(identity);
  await hire(identity, admin, email, role);
  return signInAs(identity, email, organiserId);
}

/** Status and code of the problem that a call is answered with. */
export async function problemOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no problem';
  } catch (error) {
    if (!(error instanceof ProblemAnswer)) throw error;
    return `${error.status} ${error.code}`;
  }
}
