import { globSync, readFileSync } from 'node:fs';
import { createOfferingBody } from '@guichet/contracts/offerings';
import { createOrganiserBody } from '@guichet/contracts/organisers';
import { languages } from '@guichet/contracts/shapes';
import { expect, test } from 'vitest';
import { checkOffering } from './check-offering.ts';

const demo = new URL('../../../../demo/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, demo), 'utf8'));
const paths = globSync('*/offerings/*.json', { cwd: demo.pathname });

test('the demo has offerings of every kind', () => {
  const kinds = paths.map((path) => createOfferingBody.parse(json(path)).kind);

  expect(new Set(kinds)).toEqual(new Set(['event', 'ride', 'course']));
});

test.each(paths)('%s can be sold, in five languages', (path) => {
  const organiser = createOrganiserBody.parse(json(`${path.split('/')[0]}/organiser.json`));
  const offering = createOfferingBody.parse(json(path));
  const texts = [offering, ...offering.fares, ...offering.options, ...offering.fees].map((part) =>
    'name' in part ? part.name : part.title,
  );

  expect(() => checkOffering(offering, organiser)).not.toThrow();
  expect(texts.flatMap((text) => languages.filter((language) => !text[language]))).toEqual([]);
});
