import type { Pool } from '@guichet/postgres/pool';
import { describe, expect } from 'vitest';
import { test } from '../../test/identity-test.ts';
import { seedAccount, seedAdmins, seedEmployee } from '../../test/seed.ts';
import { roleStore } from '../roles/role-store.ts';
import { employeeStore } from './employee-store.ts';

const adminsOf = async (pool: Pool, organiserId: string) => {
  const { rowCount } = await pool.query(
    `select from employments where organiser_id = $1 and role = 'admin' and not disabled`,
    [organiserId],
  );
  return rowCount;
};

/** Every admin leaves at the same moment, one as an employee, one disabled, one dismissed, … */
function leaveAtOnce(pool: Pool, { organiserId, ids }: { organiserId: string; ids: string[] }) {
  const person = { organiserId, email: '', firstName: '', lastName: '' };
  return Promise.allSettled(
    ids.map((id, n) => {
      if (n % 3 === 0) return employeeStore(pool).dismiss({ organiserId, id });
      const left =
        n % 3 === 1 ? { role: 'admin', disabled: true } : { role: 'employee', disabled: false };
      return employeeStore(pool).assign({ ...person, id, ...left });
    }),
  );
}

describe('the last admin', () => {
  test('stays, when all twelve leave at the same moment', async ({ pool }) => {
    const organiser = await seedAdmins(pool, 12);

    const leaving = await leaveAtOnce(pool, organiser);

    expect(await adminsOf(pool, organiser.organiserId)).toBe(1);
    expect(leaving.filter(({ status }) => status === 'rejected')).toEqual([
      expect.objectContaining({ reason: expect.objectContaining({ code: 'last_admin' }) }),
    ]);
  });

  test('negative control: without the constraint nobody is left', async ({ pool }) => {
    await pool.query('alter table organisers drop constraint organisers_keep_an_admin');
    const organiser = await seedAdmins(pool, 12);

    await leaveAtOnce(pool, organiser);

    expect(await adminsOf(pool, organiser.organiserId)).toBe(0);
  });

  test('negative control: counting before leaving is not enough', async ({ pool }) => {
    await pool.query('alter table organisers drop constraint organisers_keep_an_admin');
    const { organiserId, ids } = await seedAdmins(pool, 2);
    const counts = await Promise.all(ids.map(() => adminsOf(pool, organiserId)));
    const leaveUnguarded = async (id: string, n: number) => {
      if ((counts[n] ?? 0) < 2) return;
      await employeeStore(pool).dismiss({ organiserId, id });
    };

    await Promise.all(ids.map(leaveUnguarded));

    expect(await adminsOf(pool, organiserId)).toBe(0);
  });

  test('may leave when there is another one', async ({ pool }) => {
    const { organiserId, ids } = await seedAdmins(pool, 2);

    await employeeStore(pool).dismiss({ organiserId, id: ids[0] ?? '' });

    expect(await adminsOf(pool, organiserId)).toBe(1);
  });
});

describe('roles', () => {
  test('a role that the organiser does not have cannot be given', async ({ pool }) => {
    const { organiserId } = await seedAdmins(pool, 1);
    const other = await seedAdmins(pool, 1);
    await roleStore(pool).define(other.organiserId, 'box_office', ['bookings:read']);

    await expect(seedEmployee(pool, organiserId, 'box_office')).rejects.toThrow(
      expect.objectContaining({ code: 'role_not_found' }),
    );
  });

  test('of giving a role and removing it at once, one is refused', async ({ pool }) => {
    const { organiserId } = await seedAdmins(pool, 1);
    await roleStore(pool).define(organiserId, 'box_office', ['bookings:read']);

    const [given, removed] = await Promise.allSettled([
      seedEmployee(pool, organiserId, 'box_office'),
      roleStore(pool).remove(organiserId, 'box_office'),
    ]);

    const refusals = [given, removed].filter(({ status }) => status === 'rejected');
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({
      reason: { code: given.status === 'rejected' ? 'role_not_found' : 'role_in_use' },
    });
  });
});

describe('the first admin', () => {
  test('is made once, though eight ask at the same moment', async ({ pool }) => {
    const { id } = await seedAccount(pool);
    const organiserId = crypto.randomUUID();

    const made = await Promise.all(
      Array.from({ length: 8 }, () => employeeStore(pool).hireFirstAdmin(organiserId, id)),
    );

    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await adminsOf(pool, organiserId)).toBe(1);
  });

  test('does not come back after leaving', async ({ pool }) => {
    const { organiserId, ids } = await seedAdmins(pool, 2);
    const [first = ''] = ids;
    await employeeStore(pool).dismiss({ organiserId, id: first });

    expect(await employeeStore(pool).hireFirstAdmin(organiserId, first)).toBe(false);
  });
});
