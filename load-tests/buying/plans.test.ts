import { describe, expect, test } from 'vitest';
import { optionsOf, type ScenarioName, scenarioNames, settingsOf } from './plans.ts';
import { CannotLoad } from './settings.ts';

const phasesOf = (name: ScenarioName, env: Record<string, string> = {}) =>
  Object.entries(optionsOf(name, env).scenarios ?? {});

describe.each(scenarioNames)('%s', (name) => {
  test('offers its load however long the answers take', () => {
    const phases = phasesOf(name);
    expect(phases.length).toBeGreaterThan(0);
    for (const [phase, { executor }] of phases) {
      if (phase === 'herd' || phase === 'people') expect(executor).toBe('per-vu-iterations');
      else expect(executor).toMatch(/^(constant|ramping)-arrival-rate$/);
    }
  });

  test('fails when anything was left out, unexpected, or not in the books', () => {
    const { thresholds } = optionsOf(name, {});
    for (const metric of ['dropped_iterations', 'unexpected', 'unaccounted']) {
      expect(thresholds?.[metric]).toEqual(['count==0']);
    }
  });

  test('judges only by what it has: services that it asks, phases that it goes through', () => {
    const phases = phasesOf(name).map(([phase]) => phase);
    const metrics = Object.keys(optionsOf(name, {}).thresholds ?? {});
    const named = metrics.flatMap((metric) => /scenario:(\w+)/.exec(metric)?.[1] ?? []);
    expect(phases).toEqual(expect.arrayContaining(named));
    expect(metrics.some((metric) => metric.includes('service:reservation'))).toBe(true);
  });

  test('offers at most some hundreds a second unless it is told to', () => {
    expect(settingsOf(name, {}).rate).toBeLessThanOrEqual(300);
  });
});

test('the steady mix has fifty looks to a booking', () => {
  const rates = phasesOf('steady-mix', { RATE: '300' }).map(([name, phase]) => [
    name,
    'rate' in phase && phase.rate,
  ]);
  expect(rates).toEqual([
    ['look', 300],
    ['reserve', 6],
  ]);
});

test('a flash sale sells every place of both slots, and no more', () => {
  expect(optionsOf('flash-sale', { CAPACITY: '30', BUYERS: '40' }).thresholds).toMatchObject({
    'booked{scenario:herd}': ['count==30'],
    'booked{scenario:wave}': ['count==30'],
  });
});

test.each([{ CAPACITY: '301' }, { CAPACITY: '200', RATE: '10', DURATION: '10s' }])(
  'a flash sale that would not sell out is refused: %o',
  (env) => {
    expect(() => optionsOf('flash-sale', env)).toThrow(CannotLoad);
  },
);

test('a spike is ten times what comes before and after', () => {
  const phases = phasesOf('spike', { RATE: '100', DURATION: '5s' });
  const shape = phases.map(([, phase]) => 'rate' in phase && [phase.rate, phase.startTime]);
  expect(shape).toEqual([
    [10, '0s'],
    [100, '5s'],
    [10, '10s'],
  ]);
});

test('a soak lasts ten minutes, or as long as it is told to', () => {
  const durations = (env: Record<string, string>) =>
    new Set(phasesOf('soak', env).map(([, phase]) => 'duration' in phase && phase.duration));
  expect([...durations({})]).toEqual(['600s']);
  expect([...durations({ DURATION: '1h' })]).toEqual(['3600s']);
});
