import { me } from '@guichet/contracts/auth';
import {
  changeEmployee,
  dismissEmployee,
  listEmployees,
  setRole,
} from '@guichet/contracts/employees';
import { describe, expect } from 'vitest';
import { httpTest as test } from '../../test/identity-test.ts';
import { hire, hired, openOrganiser, problemOf, signInAs } from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';

describe('changing an employee', () => {
  test('changes what they may do, and has their tokens forgotten', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const person = await hired(identity, organiser, 'employee');

    const changed = await identity.api.call(changeEmployee, {
      ...organiser.admin,
      params: { id: person.id },
      body: { role: 'manager' },
    });

    expect(changed).toMatchObject({ id: person.id, role: 'manager', disabled: false });
    const facts = await factsIn(identity.deps.pool, 'subject.revoked', 'audit.recorded');
    expect(facts.slice(-2).map(({ type, subject, sequence }) => [type, subject, sequence])).toEqual(
      [
        ['subject.revoked', person.id, 3],
        ['audit.recorded', person.id, 3],
      ],
    );
    const again = await signInAs(identity, person.email, organiser.organiserId);
    const { permissions } = await identity.api.call(me, again);
    expect(permissions).toContain('slots:write');
  });

  test('dismissing one ends the employment and leaves the account', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const person = await hired(identity, organiser, 'employee');
    const params = { id: person.id };

    await identity.api.call(dismissEmployee, { ...organiser.admin, params });

    expect(await problemOf(signInAs(identity, person.email, organiser.organiserId))).toBe(
      '403 not_employed',
    );
    expect(await problemOf(signInAs(identity, person.email))).toBe('no problem');
    const twice = identity.api.call(dismissEmployee, { ...organiser.admin, params });
    expect(await problemOf(twice)).toBe('404 employee_not_found');
  });

  test('an organiser keeps an admin, though all leave at the same moment', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const admins = [organiser.admin];
    for (let n = 0; n < 3; n += 1) admins.push(await hired(identity, organiser, 'admin'));

    const codes = await Promise.all(
      admins.map((person, n) =>
        problemOf(
          n % 2 === 0
            ? identity.api.call(dismissEmployee, { ...person, params: { id: person.id } })
            : identity.api.call(changeEmployee, {
                ...person,
                params: { id: person.id },
                body: { disabled: true },
              }),
        ),
      ),
    );

    expect(codes.filter((code) => code === '409 last_admin')).toHaveLength(1);
    expect(codes.filter((code) => code === 'no problem')).toHaveLength(3);
  });

  test('a refused change tells nobody anything', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);
    const before = await factsIn(identity.deps.pool);

    const leaving = identity.api.call(changeEmployee, {
      ...admin,
      params: { id: admin.id },
      body: { role: 'employee' },
    });

    expect(await problemOf(leaving)).toBe('409 last_admin');
    expect(await factsIn(identity.deps.pool)).toEqual(before);
  });
});

describe('a role of the organiser’s own', () => {
  test('does not let its holder rise above it', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const { api } = identity;
    await api.call(setRole, {
      ...organiser.admin,
      params: { code: 'personnel' },
      body: { permissions: ['employees:read', 'employees:write', 'roles:write'] },
    });
    const clerk = await hired(identity, organiser, 'personnel');
    const other = await hired(identity, organiser, 'manager');
    const change = (id: string, body: { role?: string; disabled?: boolean }) =>
      problemOf(api.call(changeEmployee, { ...clerk, params: { id }, body }));

    expect(await problemOf(hire(identity, clerk, 'x@guichet.test', 'admin'))).toBe(
      '403 role_above_own',
    );
    expect(await change(clerk.id, { role: 'admin' })).toBe('403 role_above_own');
    expect(await change(other.id, { role: 'personnel' })).toBe('403 role_above_own');
    expect(await change(organiser.admin.id, { disabled: true })).toBe('403 role_above_own');
    const params = { code: 'personnel' };
    const body = { permissions: ['payments:refund' as const] };
    expect(await problemOf(api.call(setRole, { ...clerk, params, body }))).toBe(
      '403 role_above_own',
    );
    expect(await problemOf(hire(identity, clerk, 'x@guichet.test', 'personnel'))).toBe(
      'no problem',
    );
  });
});

describe('the list', () => {
  test('comes in pages, without anybody twice or left out', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);
    for (let n = 0; n < 5; n += 1) await hire(identity, admin, `e${n}@guichet.test`, 'employee');

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await identity.api.call(listEmployees, {
        ...admin,
        query: { limit: 2, ...(cursor && { cursor }) },
      });
      seen.push(...page.items.map(({ email }) => email));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);

    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  test('a cursor that it never gave is refused', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);

    const list = identity.api.call(listEmployees, { ...admin, query: { cursor: 'next' } });

    expect(await problemOf(list)).toBe('400 invalid_request');
  });
});
