import { authOperations, listSessions } from '@guichet/contracts/auth';
import {
  changeEmployee,
  dismissEmployee,
  employeeOperations,
  listEmployees,
  listRoles,
  setRole,
} from '@guichet/contracts/employees';
import { newId } from '@guichet/contracts/ids';
import type { Operation } from '@guichet/contracts/operation';
import { publicOperations } from '@guichet/contracts/operations';
import { builtInRoles, type Permission } from '@guichet/contracts/permissions';
import type { Pool } from '@guichet/postgres/pool';
import { describe, expect } from 'vitest';
import { type RunningIdentity, httpTest as test } from '../test/identity-test.ts';
import { hired, openOrganiser, type Person, password, problemOf } from '../test/people.ts';
import { createAccessTokens } from './tokens/access-token.ts';

const operations: readonly Operation[] = [...authOperations, ...employeeOperations];

/** What a call may name: an employee of the organiser, one of its roles, a session. */
type Named = { employee: string; role: string; session: string };

const someone = { firstName: 'Ada', lastName: 'Lovelace' };
const form = 'application/x-www-form-urlencoded';

/** A call of each operation that its schemas let pass. */
const inputOf: Record<string, (named: Named) => object> = {
  register: () => ({ body: { ...someone, email: 'a@guichet.test', password, language: 'en' } }),
  login: () => ({ body: { email: 'a@guichet.test', password } }),
  refresh: () => ({ body: {} }),
  logout: () => ({ body: {} }),
  askPasswordReset: () => ({ body: { email: 'a@guichet.test' } }),
  confirmPasswordReset: () => ({ body: { token: 'x'.repeat(43), password } }),
  token: () => ({ body: 'grant_type=client_credentials', mediaType: form }),
  me: () => ({}),
  listSessions: () => ({}),
  endSession: ({ session }) => ({ params: { id: session } }),
  jwks: () => ({}),
  openidConfiguration: () => ({}),
  listEmployees: () => ({}),
  hireEmployee: () => ({
    body: { ...someone, email: `${newId()}@guichet.test`, role: 'customer' },
  }),
  changeEmployee: ({ employee }) => ({ params: { id: employee }, body: { role: 'customer' } }),
  dismissEmployee: ({ employee }) => ({ params: { id: employee } }),
  listRoles: () => ({}),
  setRole: ({ role }) => ({ params: { code: role }, body: { permissions: [] } }),
  removeRole: ({ role }) => ({ params: { code: role } }),
};

type Caller = {
  kind: 'anybody' | 'service' | 'person';
  permissions?: readonly Permission[];
  authorization?: string;
};

function expected({ access }: Operation, { kind, permissions }: Caller): string {
  if (access === 'public') return 'reached';
  if (kind === 'anybody') return '401 authentication_required';
  if (kind === 'service') return '403 permission_denied';
  if (access === 'signed_in') return 'reached';
  if (typeof access === 'string') throw new Error(`identity serves nothing for ${access}.`);
  return permissions?.includes(access.permission) ? 'reached' : '403 permission_denied';
}

/** The handler was reached when it, and not the access check before it, gave the answer. */
async function outcome(
  { api }: RunningIdentity,
  operation: Operation,
  { authorization }: Caller,
  named: Named,
): Promise<string> {
  const input = { ...inputOf[operation.id]?.(named), ...(authorization && { authorization }) };
  const answer = await problemOf(api.call(operation, input as never));
  if (answer.startsWith('5')) throw new Error(`${operation.id} answered ${answer}`);
  return /permission_denied|authentication_required|invalid_request/.test(answer)
    ? answer
    : 'reached';
}

async function callers(
  identity: RunningIdentity,
  organiser: { organiserId: string; admin: Person },
): Promise<Record<string, Caller>> {
  const tokens = createAccessTokens({ ...identity.deps, lifetimeSeconds: 60 });
  const service = await tokens.issue({ id: 'reservation', kind: 'service' });
  const person = async (role: keyof typeof builtInRoles): Promise<Caller> => ({
    kind: 'person',
    permissions: builtInRoles[role],
    authorization: (await hired(identity, organiser, role)).authorization,
  });
  const customer = await tokens.issue({ id: newId(), kind: 'customer' });
  return {
    anybody: { kind: 'anybody' },
    service: { kind: 'service', authorization: `Bearer ${service}` },
    'a customer': { kind: 'person', authorization: `Bearer ${customer}` },
    'an employee without permissions': await person('customer'),
    'an employee': await person('employee'),
    'a manager': await person('manager'),
    'an admin': await person('admin'),
  };
}

describe('the matrix', () => {
  test('has every operation of identity', () => {
    const served = publicOperations.filter(({ service }) => service === 'identity');

    expect(Object.keys(inputOf).sort()).toEqual(served.map(({ id }) => id).sort());
  });

  test('every role reaches what it may, and nothing else', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const seen: Record<string, string> = {};
    const wanted: Record<string, string> = {};

    for (const [name, caller] of Object.entries(await callers(identity, organiser))) {
      for (const operation of operations) {
        const named = { employee: newId(), role: 'box_office', session: newId() };
        wanted[`${name}: ${operation.id}`] = expected(operation, caller);
        seen[`${name}: ${operation.id}`] = await outcome(identity, operation, caller, named);
      }
    }

    expect(seen).toEqual(wanted);
    // Seven kinds of callers and 19 operations: a shorter table would compare nothing to nothing.
    expect(Object.keys(seen)).toHaveLength(7 * 19);
  });
});

/** All that the organiser has here. */
async function stateOf(pool: Pool, organiserId: string) {
  const [employments, roles, sessions] = await Promise.all([
    pool.query('select * from employments where organiser_id = $1 order by account_id', [
      organiserId,
    ]),
    pool.query('select * from roles where organiser_id = $1 order by code', [organiserId]),
    pool.query('select id, ended_at from sessions where organiser_id = $1 order by id', [
      organiserId,
    ]),
  ]);
  return [employments.rows, roles.rows, sessions.rows];
}

describe('another organiser’s admin', () => {
  test('finds nothing of this one’s, and changes nothing', async ({ identity }) => {
    const { api, deps } = identity;
    const [mine, other] = [await openOrganiser(identity), await openOrganiser(identity)];
    await api.call(setRole, {
      ...mine.admin,
      params: { code: 'box_office' },
      body: { permissions: ['bookings:read'] },
    });
    const employee = await hired(identity, mine, 'box_office');
    const [session] = (await api.call(listSessions, employee)).items;
    const before = await stateOf(deps.pool, mine.organiserId);
    const named = { employee: employee.id, role: 'box_office', session: session?.id ?? '' };

    const answers: Record<string, string> = {};
    for (const { id } of [changeEmployee, dismissEmployee]) {
      const operation = operations.find((known) => known.id === id) as Operation;
      const input = { ...inputOf[id]?.(named), authorization: other.admin.authorization };
      answers[id] = await problemOf(api.call(operation, input as never));
    }
    const theirs = { kind: 'person', authorization: other.admin.authorization } as const;
    for (const operation of operations) await outcome(identity, operation, theirs, named);
    const listed = await api.call(listEmployees, other.admin);
    const roles = await api.call(listRoles, other.admin);

    expect(answers).toEqual({
      changeEmployee: '404 employee_not_found',
      dismissEmployee: '404 employee_not_found',
    });
    expect(listed.items.map(({ id }) => id)).not.toContain(employee.id);
    expect(roles.items.map(({ permissions }) => permissions)).not.toContainEqual(['bookings:read']);
    expect(await stateOf(deps.pool, mine.organiserId)).toEqual(before);
  });
});
