import { dismissEmployee } from '@guichet/contracts/employees';
import { newId } from '@guichet/contracts/ids';
import { PermanentError } from '@guichet/messaging/bus';
import { expect } from 'vitest';
import { httpTest as test } from '../../test/identity-test.ts';
import {
  hired,
  openOrganiser,
  organiserChanged,
  problemOf,
  signInAs,
  signUp,
} from '../../test/people.ts';
import { factsIn } from '../../test/seed.ts';
import { organiserMessages } from './organiser-messages.ts';

test('whoever created an organiser becomes its admin, once', async ({ identity }) => {
  const { pool } = identity.deps;
  const { id, email } = await signUp(identity);
  const organiserId = newId();
  const message = organiserChanged(organiserId, id);
  const { handle } = organiserMessages({ pool });

  await Promise.all([
    handle(message),
    handle(message),
    handle(organiserChanged(organiserId, id, 2)),
  ]);

  expect(await problemOf(signInAs(identity, email, organiserId))).toBe('no problem');
  expect((await factsIn(pool, 'employee.created')).map(({ data }) => data)).toEqual([
    { employeeId: id, organiserId, email, role: 'admin' },
  ]);
});

test('a creator who was dismissed does not come back with the next change', async ({
  identity,
}) => {
  const organiser = await openOrganiser(identity);
  const second = await hired(identity, organiser, 'admin');
  const { id, email } = organiser.admin;
  await identity.api.call(dismissEmployee, { ...second, params: { id } });

  const { handle } = organiserMessages(identity.deps);
  await handle(organiserChanged(organiser.organiserId, id, 2));

  expect(await problemOf(signInAs(identity, email, organiser.organiserId))).toBe(
    '403 not_employed',
  );
});

test('a message of another form is for a person to look at', async ({ pool }) => {
  const message = { ...organiserChanged(newId(), newId()), data: { organiser: 'Port' } };

  await expect(organiserMessages({ pool }).handle(message)).rejects.toThrow(PermanentError);
});
