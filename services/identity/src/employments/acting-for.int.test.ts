import { refresh } from '@guichet/contracts/auth';
import { changeEmployee } from '@guichet/contracts/employees';
import { decodeJwt } from 'jose';
import { describe, expect } from 'vitest';
import { httpTest as test } from '../../test/identity-test.ts';
import { hired, openOrganiser, problemOf, refreshed, signInAs, signUp } from '../../test/people.ts';

describe('acting for an organiser', () => {
  test('begins and ends with a refresh, and stays until then', async ({ identity }) => {
    const { organiserId, admin } = await openOrganiser(identity);
    const person = await signInAs(identity, admin.email);
    let { refreshToken } = person;
    const organiserAfter = async (wanted?: { organiserId: string | null }) => {
      const grant = await refreshed(identity, { refreshToken, ...wanted });
      refreshToken = grant.refreshToken;
      return decodeJwt(grant.accessToken).org;
    };

    expect(await organiserAfter()).toBeUndefined();
    expect(await organiserAfter({ organiserId })).toBe(organiserId);
    expect(await organiserAfter()).toBe(organiserId);
    expect(await organiserAfter({ organiserId: null })).toBeUndefined();
  });

  test('is refused to whoever does not work there, and costs them nothing', async ({
    identity,
  }) => {
    const { organiserId } = await openOrganiser(identity);
    const { email, refreshToken } = await signUp(identity);

    const asked = identity.api.call(refresh, { body: { refreshToken, organiserId } });

    expect(await problemOf(asked)).toBe('403 not_employed');
    expect(await problemOf(signInAs(identity, email, organiserId))).toBe('403 not_employed');
    const grant = await refreshed(identity, { refreshToken });
    expect(grant.refreshToken).not.toBe(refreshToken);
  });

  test('is over for whoever was disabled', async ({ identity }) => {
    const organiser = await openOrganiser(identity);
    const person = await hired(identity, organiser, 'manager');
    await identity.api.call(changeEmployee, {
      ...organiser.admin,
      params: { id: person.id },
      body: { disabled: true },
    });
    const { refreshToken } = person;

    expect(await problemOf(identity.api.call(refresh, { body: { refreshToken } }))).toBe(
      '403 not_employed',
    );
    const asCustomer = await refreshed(identity, { refreshToken, organiserId: null });
    expect(decodeJwt(asCustomer.accessToken).kind).toBe('customer');
  });
});
