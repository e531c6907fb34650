import { confirmPasswordReset, login, me, tokensOf } from '@guichet/contracts/auth';
import { describe, expect } from 'vitest';
import { httpTest as test } from '../../test/identity-test.ts';
import { grace, hire, openOrganiser, problemOf, signUp } from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';

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
    const session = await api.call(login, {
      body: { email: employee.email, password, organiserId },
    });
    const authorization = `Bearer ${tokensOf(session).accessToken}`;
    const self = await api.call(me, { authorization });
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
