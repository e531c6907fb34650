import { expect, test } from 'vitest';
import { scenarioNames, settingsOf } from '../buying/plans.ts';
import { asEnvironment, readChoices } from './choices.ts';
import { readScripts, scriptOf } from './scripts.ts';

test('which load test must be said, and the sentence names them all', () => {
  expect(() => readChoices({})).toThrow(`There are ${scenarioNames.join(', ')}.`);
  expect(() => readChoices({ SCENARIO: 'flood' })).toThrow('SCENARIO=flood is no load test');
});

test('it is this machine’s stack that is loaded, unless the cluster is named', () => {
  expect(readChoices({ SCENARIO: 'soak' }).where).toBe('here');
  expect(readChoices({ SCENARIO: 'soak', WHERE: 'cluster' }).where).toBe('cluster');
  expect(() => readChoices({ SCENARIO: 'soak', WHERE: 'moon' })).toThrow('WHERE=moon is nowhere');
});

test('k6’s scripts read the settings that were chosen', () => {
  const { settings } = readChoices({ SCENARIO: 'spike', RATE: '40', DURATION: '2m' });
  expect(settingsOf('spike', asEnvironment(settings))).toEqual(settings);
});

test('every scenario has a script, which goes to a cluster with all that it imports', () => {
  const scripts = readScripts();
  for (const name of scenarioNames) {
    expect(scriptOf(name).endsWith(`/scenarios/${name}.ts`)).toBe(true);
    expect(scripts).toHaveProperty([`scenarios/${name}.ts`]);
  }
  for (const text of Object.values(scripts)) {
    for (const [, imported = ''] of text.matchAll(/^import (?!type).* from '\.\.?\/(.*)'/gm)) {
      expect(Object.keys(scripts).some((path) => path.endsWith(imported))).toBe(true);
    }
  }
  expect(Object.keys(scripts).some((path) => path.endsWith('.test.ts'))).toBe(false);
});
