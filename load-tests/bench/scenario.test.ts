import { expect, onTestFinished, test, vi } from 'vitest';
import type { Lab } from './lab.ts';
import { OfferedLess } from './load.ts';
import { runScenario } from './scenario.ts';

/** A lab in which every load takes as much CPU as is said, for one request. */
function aLab(micros: Record<string, Record<string, number>>) {
  const used: Record<string, number> = { gateway: 0, 'no-op': 0, generator: 0 };
  const lab = { reset: async () => {}, cpu: () => ({ ...used }) };
  const load = (name: string) => async () => {
    for (const [process, more] of Object.entries(micros[name] ?? {}))
      used[process] = (used[process] ?? 0) + more;
    return { done: 1, seconds: 1, outcomes: {} };
  };
  return { lab: lab as unknown as Lab, load };
}

test('a cost is told as of a machine whose no-op takes as long as the goal says', async () => {
  const { lab, load } = aLab({
    visitor: { gateway: 40_000, generator: 9_000 },
    nothing: { 'no-op': 60, generator: 9_000 },
  });
  const scenario = {
    id: 'x',
    title: 'A scenario',
    ratios: [],
    costs: [
      { name: 'a place', of: 'visitor', noop: 'nothing', noopMicros: 24, reach: 25, aim: 12 },
    ],
    prepare: async () => ({
      contenders: ['visitor', 'nothing'].map((name) => ({ name, load: load(name) })),
    }),
  };

  const { costs } = await runScenario(lab, scenario, { rounds: 3, seconds: 1, warmSeconds: 1 });

  // 40 ms here, and 24 of 60 of them there.
  expect(costs[0]).toMatchObject({ hereMs: 40, median: 16, least: 16, most: 16 });
});

test('a ratio by CPU leaves out what the generator took', async () => {
  const { lab, load } = aLab({
    crowd: { gateway: 300, generator: 900 },
    few: { gateway: 150, generator: 50 },
  });
  const scenario = {
    id: 'x',
    title: 'A scenario',
    ratios: [
      { name: 'r', by: 'cpu' as const, of: 'crowd', over: 'few', reach: 0.9, aim: 1 },
      { name: 'speed', of: 'crowd', over: 'few', reach: 0.9, aim: 1 },
    ],
    prepare: async () => ({
      contenders: ['crowd', 'few'].map((name) => ({ name, load: load(name) })),
    }),
  };

  const { ratios } = await runScenario(lab, scenario, { rounds: 1, seconds: 1, warmSeconds: 1 });

  expect(ratios.map(({ median }) => median)).toEqual([0.5, 1]);
});

test('CPU is told for each of all that it did, also of what was answered after the load', async () => {
  const { lab, load } = aLab({ crowd: { gateway: 300 } });
  const scenario = {
    id: 'x',
    title: 'A scenario',
    ratios: [],
    prepare: async () => ({
      contenders: [
        { name: 'crowd', load: async () => ({ ...(await load('crowd')()), doneInAll: 3 }) },
      ],
    }),
  };

  const { measured } = await runScenario(lab, scenario, { rounds: 1, seconds: 1, warmSeconds: 1 });

  expect(measured.crowd).toMatchObject({ perSecond: { median: 1 }, cpuMicros: { gateway: 100 } });
});

/** A scenario of one contender, whose generator is held up in the first of its loads. */
function heldUp(times: number) {
  const { lab, load } = aLab({ crowd: { gateway: 300 } });
  let loads = 0;
  const come = async () => {
    loads += 1;
    const seen = await load('crowd')();
    if (loads <= times) throw new OfferedLess('The generator kept 2 back, sent 98.');
    return seen;
  };
  const prepare = async () => ({ contenders: [{ name: 'crowd', load: come }] });
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  const run = () =>
    runScenario(
      lab,
      { id: 'x', title: 'A scenario', ratios: [], prepare },
      { rounds: 1, seconds: 1, warmSeconds: 1 },
    );
  return { run, loads: () => loads, said };
}

test('what a generator that was held up has not offered is measured again, from its warm-up on', async () => {
  const { run, loads, said } = heldUp(2);

  const { measured } = await run();

  expect(measured.crowd).toMatchObject({ cpuMicros: { gateway: 300 }, outcomes: {} });
  expect(loads()).toBe(4);
  expect(said).toHaveBeenCalledWith(
    'crowd is measured again: The generator kept 2 back, sent 98.\n',
  );
});

test('whoever holds the generator up each time has failed', async () => {
  const { run, loads } = heldUp(100);

  await expect(run()).rejects.toThrow('The generator kept 2 back');
  expect(loads()).toBe(3);
});
