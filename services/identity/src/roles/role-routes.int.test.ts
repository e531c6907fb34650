import { me } from '@guichet/contracts/auth';
import { listRoles, removeRole, setRole } from '@guichet/contracts/employees';
import type { Permission } from '@guichet/contracts/permissions';
import { expect } from 'vitest';
import { type RunningIdentity, httpTest as test } from '../../test/identity-test.ts';
import { hired, openOrganiser, type Person, problemOf, refreshed } from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';

const params = { code: 'box_office' };

const define = (identity: RunningIdentity, by: Person, permissions: Permission[]) =>
  identity.api.call(setRole, {
    authorization: by.authorization,
    params,
    body: { permissions },
  });

test('an organiser has the built-in roles and its own', async ({ identity }) => {
  const { admin } = await openOrganiser(identity);
  const role = await define(identity, admin, ['bookings:read', 'boarding:write']);

  const { items } = await identity.api.call(listRoles, admin);

  expect(role).toEqual({
    code: 'box_office',
    permissions: ['bookings:read', 'boarding:write'],
    builtIn: false,
  });
  expect(items.map(({ code, builtIn }) => `${code} ${builtIn}`)).toEqual([
    'customer true',
    'employee true',
    'manager true',
    'admin true',
    'box_office false',
  ]);
});

test('a role that changes changes for all who have it', async ({ identity }) => {
  const organiser = await openOrganiser(identity);
  await define(identity, organiser.admin, ['bookings:read']);
  const person = await hired(identity, organiser, 'box_office');

  await define(identity, organiser.admin, ['bookings:read', 'payments:refund']);

  const revoked = await factsIn(identity.deps.pool, 'subject.revoked');
  expect(revoked.map(({ subject }) => subject)).toEqual([person.id]);
  const { accessToken } = await refreshed(identity, { refreshToken: person.refreshToken });
  const { permissions } = await identity.api.call(me, { authorization: `Bearer ${accessToken}` });
  expect(permissions).toEqual(['bookings:read', 'payments:refund']);
});

test('a role that somebody has stays, and goes when nobody has it', async ({ identity }) => {
  const organiser = await openOrganiser(identity);
  const { admin } = organiser;
  await define(identity, admin, ['bookings:read']);
  const person = await hired(identity, organiser, 'box_office');
  const remove = () => problemOf(identity.api.call(removeRole, { ...admin, params }));

  expect(await remove()).toBe('409 role_in_use');
  await identity.deps.pool.query('delete from employments where account_id = $1', [person.id]);
  expect(await remove()).toBe('no problem');
  expect(await remove()).toBe('404 role_not_found');
});

test('a built-in role is nobody’s to change', async ({ identity }) => {
  const { admin } = await openOrganiser(identity);
  const builtIn = { code: 'employee' };
  const body = { permissions: [] };

  expect(await problemOf(identity.api.call(setRole, { ...admin, params: builtIn, body }))).toBe(
    '409 role_built_in',
  );
  expect(await problemOf(identity.api.call(removeRole, { ...admin, params: builtIn }))).toBe(
    '409 role_built_in',
  );
});

test('another organiser’s role is neither seen nor touched', async ({ identity }) => {
  const [one, other] = [await openOrganiser(identity), await openOrganiser(identity)];
  await define(identity, one.admin, ['bookings:read']);

  await define(identity, other.admin, ['slots:write']);
  await identity.api.call(removeRole, { ...other.admin, params });

  const { items } = await identity.api.call(listRoles, one.admin);
  expect(items.at(-1)).toEqual({
    code: 'box_office',
    permissions: ['bookings:read'],
    builtIn: false,
  });
});

test('a permission that does not exist is refused', async ({ identity }) => {
  const { admin } = await openOrganiser(identity);

  expect(await problemOf(define(identity, admin, ['everything' as Permission]))).toBe(
    '400 invalid_request',
  );
});
