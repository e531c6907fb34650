import { randomUUID } from 'node:crypto';
import { me } from '@guichet/contracts/auth';
import { isRawBody, type Operation } from '@guichet/contracts/operation';
import { publicOperations } from '@guichet/contracts/operations';
import { createOrganiser } from '@guichet/contracts/organisers';
import { builtInRoles } from '@guichet/contracts/permissions';
import { addPicture } from '@guichet/contracts/pictures';
import { expect } from 'vitest';
import { drawCover } from '../demo/pictures/draw.ts';
import { type Credentials, signIn, signInFor } from '../demo/sign-in.ts';
import { openSlot } from './organiser.ts';
import type { World } from './world.ts';

type Role = keyof typeof builtInRoles;

const mediaTypeOf = ({ body }: Operation): string =>
  (isRawBody(body) ? body.raw[0] : undefined) ?? 'application/json';

/** Somebody's answer to a call: its status and, where it was refused, the code. */
async function ask(
  { stack: { stack } }: World,
  operation: Operation,
  ids: Record<string, string>,
  who: Credentials | undefined,
  body: unknown = {},
): Promise<{ status: number; code: string | undefined }> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? randomUUID());
  const answer = await fetch(stack.gateway + path, {
    method: operation.method.toUpperCase(),
    headers: {
      ...who,
      'content-type': mediaTypeOf(operation),
      'idempotency-key': randomUUID(),
    },
    ...(operation.method === 'get' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type')?.includes('problem');
  return { status: answer.status, code: isProblem ? JSON.parse(text).code : undefined };
}

/** What a role must be told before anything else is looked at; nothing where it may go on. */
function refusalOf({ access }: Operation, role: Role | undefined): number | undefined {
  if (access === 'public') return undefined;
  if (role === undefined) return 401;
  if (typeof access === 'string') return undefined;
  const may: readonly string[] = builtInRoles[role];
  return may.includes(access.permission) ? undefined : 403;
}

/** Every public route × every role: refused exactly where its declaration says so. */
export async function everyRouteAsksWho(world: World): Promise<void> {
  const { api, stack } = world;
  const { accounts } = stack.stack;
  const staffOf = async (account: { email: string; password: string }) => {
    const self = await signIn(api, account, { firstName: 'A', lastName: 'B' });
    const { employments } = await api.call(me, self);
    return signInFor(api, account, employments[0]?.organiserId ?? '');
  };
  const roles: [Role | undefined, Credentials | undefined][] = [
    [undefined, undefined],
    ['customer', await signIn(api, accounts.customer, { firstName: 'A', lastName: 'B' })],
    ['employee', await staffOf(accounts.employee)],
    ['manager', await staffOf(accounts.manager)],
    ['admin', await staffOf(accounts.admin)],
  ];

  for (const operation of publicOperations) {
    // Signing in and out is for whoever has the password or the token; these have neither.
    if (operation.access === 'public') continue;
    for (const [role, who] of roles) {
      const { status, code } = await ask(world, operation, {}, who);
      const refused = refusalOf(operation, role);
      const told = `${operation.id} as ${role ?? 'nobody'} answers ${status} ${code ?? ''}`;
      if (refused === undefined) expect([401, 403], told).not.toContain(status);
      else expect(status, told).toBe(refused);
    }
  }
}

/** Valid calls on what belongs to one organiser, by the operation that makes them. */
const bodies: Record<string, unknown> = {
  changeOffering: { termsVersion: 'taken-over' },
  changeSlot: { status: 'closed' },
  changeBooking: {
    contact: { email: 'mallory@example.com', firstName: 'M', lastName: 'M', language: 'en' },
    attendees: [{ firstName: 'M', lastName: 'M' }],
    acceptedTerms: '1',
  },
  refundPayment: { amountCents: 1, reason: 'taken over' },
  changeOrganiser: { name: 'Taken over' },
  changePage: { title: { en: 'Terms' }, body: { en: 'Taken over.' } },
  changePicture: { position: 0 },
  changeEmployee: { disabled: true },
};

/** What stands in a path beside the id of what is owned. */
const words = { slug: 'terms' };

/** The admin of another organiser meets what is not theirs as if it did not exist. */
export async function organisersAreKeptApart(world: World): Promise<void> {
  const { api, guest, staff } = world;
  const account = { email: `mallory.${randomUUID()}@example.com`, password: randomUUID() };
  const self = await signIn(api, account, { firstName: 'Mallory', lastName: 'Other' });
  const own = await api.call(createOrganiser, {
    ...self,
    body: {
      name: 'Another organiser',
      contactEmail: account.email,
      currency: 'EUR',
      timeZone: 'Europe/Paris',
      language: 'en',
    },
  });
  const stranger = await signInFor(api, account, own.id);

  const slot = await openSlot(api, staff, { capacity: 5 });
  const booking = await guest.place(await guest.quote(slot));
  const { id: employeeId, organiserId } = await api.call(me, staff);
  const picture = await api.call(addPicture, {
    ...staff,
    params: { id: slot.offeringId },
    body: await drawCover('theatre', 'avare', '#9f1d35'),
    mediaType: 'image/png',
  });
  const owned: Record<string, string> = {
    bookings: booking.id,
    payments: booking.id,
    offerings: slot.offeringId,
    pictures: picture.id,
    slots: slot.slotId,
    organisers: organiserId ?? '',
    employees: employeeId,
  };
  for (const operation of publicOperations) {
    const id = owned[operation.path.split('/')[2] ?? ''];
    if (operation.access === 'public' || !operation.path.includes('{id}') || !id) continue;
    const { status } = await ask(
      world,
      operation,
      { id, ...words },
      stranger,
      bodies[operation.id],
    );
    expect(status, `${operation.id} of another organiser's answers ${status}`).toBe(404);
  }
}
