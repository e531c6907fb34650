import { fileURLToPath } from 'node:url';
import { me } from '@guichet/contracts/auth';
import { type Client, createClient, ProblemAnswer } from '@guichet/contracts/client';
import { hireEmployee } from '@guichet/contracts/employees';
import {
  changeOrganiser,
  createOrganiser,
  getOrganiser,
  type OrganiserView,
} from '@guichet/contracts/organisers';
import {
  type DemoAccounts,
  type DemoSecrets,
  demoAccounts,
  demoPeople,
  staffRoles,
} from './accounts.ts';
import { type DemoOrganiser, readDemo } from './demo-files.ts';
import { drawCover } from './pictures/draw.ts';
import { seedOffering } from './seed-offering.ts';
import { seedPages } from './seed-pages.ts';
import { type Credentials, signIn, signInFor } from './sign-in.ts';

export type SeededOrganiser = {
  id: string;
  name: string;
  offerings: { id: string; name: string }[];
};
export type SeededDemo = { accounts: DemoAccounts; organisers: SeededOrganiser[] };

/**
 * Creates the demo through the public API, as its organisers would. What is there already is left
 * as it is, so a second run changes nothing and an interrupted one is taken up where it stopped.
 */
export async function seedDemo({
  gatewayUrl,
  secrets,
  folder = fileURLToPath(new URL('../../../../demo', import.meta.url)),
  fetch = globalThis.fetch,
}: {
  gatewayUrl: string | URL;
  secrets: DemoSecrets;
  folder?: string;
  /** For a gateway whose certificate only this caller trusts. */
  fetch?: typeof globalThis.fetch;
}): Promise<SeededDemo> {
  const api = createClient({ baseUrl: gatewayUrl, fetch });
  const accounts = demoAccounts(secrets);
  const demo = await readDemo(folder);
  const admin = await signIn(api, accounts.admin, demoPeople.admin);
  for (const who of ['customer', ...staffRoles] as const) {
    await signIn(api, accounts[who], demoPeople[who]);
  }

  const own = await ownOrganisers(api, admin);
  const organisers: SeededOrganiser[] = [];
  for (const one of demo) organisers.push(await seedOrganiser(api, accounts, admin, own, one));
  return { accounts, organisers };
}

/** The organisers that employ the admin, by name. */
async function ownOrganisers(api: Client, admin: Credentials): Promise<Map<string, OrganiserView>> {
  const { employments } = await api.call(me, admin);
  const organisers = await Promise.all(
    employments.map(({ organiserId }) => api.call(getOrganiser, { params: { id: organiserId } })),
  );
  return new Map(organisers.map((organiser) => [organiser.name, organiser]));
}

async function seedOrganiser(
  api: Client,
  accounts: DemoAccounts,
  admin: Credentials,
  own: ReadonlyMap<string, OrganiserView>,
  { name: folder, organiser, pages, offerings }: DemoOrganiser,
): Promise<SeededOrganiser> {
  const { value: body, idempotencyKey } = organiser;
  // Created a moment ago, it may not be among the admin's employments yet; the key finds it again.
  const view =
    own.get(body.name) ?? (await api.call(createOrganiser, { ...admin, idempotencyKey, body }));
  const { id } = view;
  const staff = await signInFor(api, accounts.admin, id);
  for (const role of staffRoles) await hire(api, staff, accounts[role].email, role);
  await dress(api, staff, view, body);
  await seedPages(api, staff, id, pages);

  const seeded: SeededOrganiser['offerings'] = [];
  for (const offering of offerings) {
    const draw = () => drawCover(folder, offering.name, view.accent ?? body.accent ?? '#444444');
    seeded.push(await seedOffering(api, staff, offering, draw));
  }
  return { id, name: body.name, offerings: seeded };
}

/** Gives one that was seeded before there were colours and companies what it lacks of them. */
async function dress(
  api: Client,
  staff: Credentials,
  { id, accent, company }: OrganiserView,
  body: Pick<OrganiserView, 'accent' | 'company'>,
): Promise<void> {
  if (accent !== null && company !== null) return;
  await api.call(changeOrganiser, {
    ...staff,
    params: { id },
    body: { accent: accent ?? body.accent, company: company ?? body.company },
  });
}

async function hire(
  api: Client,
  staff: Credentials,
  email: string,
  role: (typeof staffRoles)[number],
): Promise<void> {
  const { firstName, lastName } = demoPeople[role];
  await api
    .call(hireEmployee, { ...staff, body: { email, firstName, lastName, role } })
    .catch((error: unknown) => {
      if (!(error instanceof ProblemAnswer && error.code === 'already_employed')) throw error;
    });
}
