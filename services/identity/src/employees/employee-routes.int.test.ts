import { confirmPasswordReset, login, me } from '@guichet/contracts/auth';
import {
  changeEmployee,
  dismissEmployee,
  hireEmployee,
  listEmployees,
  setRole,
} from '@guichet/contracts/employees';
import { describe, expect } from 'vitest';
import { type RunningIdentity, httpTest as test } from '../../test/identity-test.ts';
import {
  hired,
  openOrganiser,
  type Person,
  problemOf,
  signInAs,
  signUp,
} from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';

const grace = { firstName: 'Grace', lastName: 'Hopper' };

const hire = (identity: RunningIdentity, by: Person, email: string, role: string) =>
  identity.api.call(hireEmployee, {
    authorization: by.authorization,
    body: { ...grace, email, role },
  });

describe('hiring', () => {
  test('a stranger opens an account that the e-mail gives a password', async ({ identity }) => {
    const { api, deps } = identity;
    const { organiserId, admin } = await openOrganiser(identity);

    const employee = await hire(identity, admin, 'Grace@Guichet.test', 'manager');

    expect(employee).toEqual({
      id: expect.any(String),
      email: 'grace@guichet.test',
      ...grace,
      role: 'manager',
      disabled: false,
    });
    const [asked] = await factsIn(deps.pool, 'customer.password_reset_asked');
    // Nobody knows the stranger's language: it is that of whoever hired them.
    expect(asked?.data).toMatchObject({ email: employee.email, language: 'fr' });
    const password = 'the tide turns at seven';
    const token = String(asked?.data.token);
    await api.call(confirmPasswordReset, { body: { token, password } });
    const { accessToken } = await api.call(login, {
      body: { email: employee.email, password, organiserId },
    });
    const self = await api.call(me, { authorization: `Bearer ${accessToken}` });
    expect(self).toMatchObject({
      id: employee.id,
      organiserId,
      employments: [{ organiserId, role: 'manager' }],
    });
  });

  test('a customer answers the same, and says nothing of their account', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);
    const { email, id } = await signUp(identity);

    const employee = await hire(identity, admin, email, 'employee');

    expect(employee).toEqual({ id, email, ...grace, role: 'employee', disabled: false });
    expect(await factsIn(identity.deps.pool, 'customer.password_reset_asked')).toHaveLength(1);
  });

  test('three organisers who hire one person send one e-mail', async ({ identity }) => {
    for (let n = 0; n < 3; n += 1) {
      const { admin } = await openOrganiser(identity);
      await hire(identity, admin, 'grace@guichet.test', 'employee');
    }

    expect(await factsIn(identity.deps.pool, 'customer.password_reset_asked')).toHaveLength(1);
  });

  test('whoever proved their address is not asked to again', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);
    const { email, id } = await signUp(identity);
    await identity.deps.pool.query('update accounts set address_proven_at = now() where id = $1', [
      id,
    ]);

    await hire(identity, admin, email, 'employee');

    expect(await factsIn(identity.deps.pool, 'customer.password_reset_asked')).toEqual([]);
  });

  test('tells of the employee and of who hired them', async ({ identity }) => {
    const { organiserId, admin } = await openOrganiser(identity);
    const { id, email } = await hire(identity, admin, 'grace@guichet.test', 'employee');

    const facts = await factsIn(identity.deps.pool, 'employee.created', 'audit.recorded');

    expect(facts.filter(({ subject }) => subject === id).map(({ data }) => data)).toEqual([
      { employeeId: id, organiserId, email, role: 'employee' },
      {
        actorId: admin.id,
        organiserId,
        action: 'employee.hired',
        target: id,
        at: expect.any(String),
      },
    ]);
  });

  test('twice, or with a role that is not there, is refused', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);
    await hire(identity, admin, 'grace@guichet.test', 'employee');

    const twice = await problemOf(hire(identity, admin, 'grace@guichet.test', 'manager'));
    const unknown = await problemOf(hire(identity, admin, 'ada@guichet.test', 'pilot'));

    expect([twice, unknown]).toEqual(['409 already_employed', '404 role_not_found']);
  });

  test('of eight at once hiring one stranger, one does', async ({ identity }) => {
    const { admin } = await openOrganiser(identity);

    const codes = await Promise.all(
      Array.from({ length: 8 }, () =>
        problemOf(hire(identity, admin, 'grace@guichet.test', 'employee')),
      ),
    );

    expect(codes.filter((code) => code === 'no problem')).toHaveLength(1);
    expect(codes.filter((code) => code === '409 already_employed')).toHaveLength(7);
  });
});

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
