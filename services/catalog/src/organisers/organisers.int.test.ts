import type { MessageData } from '@guichet/contracts/messages';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { organiser, type RunningCatalog, startCatalog } from '../catalog-test.ts';

let catalog: RunningCatalog;
beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.close());

const company = {
  name: 'Remparts SARL',
  address: '1 rue du Port, 35400 Saint-Malo',
  registration: 'RCS Saint-Malo 900 000 041',
};
const own = () => `/api/organisers/${catalog.organisers.ours}`;
const shown = async () => (await catalog.ask('GET', own())).body;
const change = (body: object) => catalog.ask('PATCH', own(), 'manager', body);

test('an organiser has neither colour nor company unless it says so', async () => {
  const made = await catalog.ask('POST', '/api/organisers', 'person', organiser('Plain'));
  const dressed = await catalog.ask('POST', '/api/organisers', 'person', {
    ...organiser('Dressed'),
    accent: '#9F1D35',
    company,
  });

  expect(made).toMatchObject({ status: 201, body: { accent: null, company: null } });
  expect(dressed).toMatchObject({ status: 201, body: { accent: '#9f1d35', company } });
});

test('colour and company are changed one by one, taken away with null, and told', async () => {
  await change({ accent: '#0b6e8f' });
  await change({ company });
  expect(await shown()).toMatchObject({ accent: '#0b6e8f', company });
  await change({ name: 'Les Remparts' });
  expect(await shown()).toMatchObject({ name: 'Les Remparts', accent: '#0b6e8f', company });
  await change({ company: null });
  const { version } = await shown();
  expect(await shown()).toMatchObject({ accent: '#0b6e8f', company: null });

  await vi.waitFor(() => {
    const facts = catalog.told.filter(({ subject }) => subject === catalog.organisers.ours);
    expect(
      facts.map(({ data }) => (data as MessageData<'organiser.changed'>).organiser).at(-1),
    ).toMatchObject({ accent: '#0b6e8f', company: null, version });
  }, 20_000);
});

test('an organiser from before there were colours has none', async () => {
  await catalog.db
    .collection<{ _id: string }>('organisers')
    .updateOne({ _id: catalog.organisers.theirs }, { $unset: { accent: '', company: '' } });

  const { body } = await catalog.ask('GET', `/api/organisers/${catalog.organisers.theirs}`);
  expect(body).toMatchObject({ name: 'Autres', accent: null, company: null });
});

test.each([
  ['a colour by its name', { accent: 'red' }, 'accent'],
  ['a short colour', { accent: '#fff' }, 'accent'],
  ['a company without an address', { company: { name: 'Remparts' } }, 'company.address'],
  ['a company’s unknown field', { company: { ...company, iban: 'FR76' } }, 'company'],
])('%s is refused', async (_, body, path) => {
  expect(await change(body)).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', errors: [expect.objectContaining({ path })] },
  });
});
