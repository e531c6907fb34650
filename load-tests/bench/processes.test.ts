import { expect, test } from 'vitest';
import { cpuByName, parseStat, type Stat } from './processes.ts';

const stat = (pid: number, parent: number, program: string, own: number, childrens = 0): Stat => ({
  pid,
  parent,
  program,
  own,
  childrens,
});

test('a line of /proc is read whatever the program is called', () => {
  const line =
    '321 (a ) (b) S 7 321 321 0 -1 4194560 1 2 3 4 150 50 20 5 20 0 11 0 99 1000 200 18446744073709551615';

  expect(parseStat(line)).toEqual({
    pid: 321,
    parent: 7,
    program: 'a ) (b',
    own: 2_000_000,
    childrens: 250_000,
  });
});

const bench = 100;
const names = new Map([[101, 'gateway']]);

test('every process below the bench is named, whose children are its own', () => {
  const used = cpuByName(
    [
      stat(1, 0, 'init', 999),
      stat(bench, 1, 'node', 10),
      stat(101, bench, 'node', 20),
      stat(102, bench, 'postgres', 30, 5),
      stat(103, 102, 'postgres', 40),
      stat(104, bench, 'rabbitmq-server', 1),
      stat(105, 104, 'beam.smp', 50),
      stat(106, 105, 'inet_gethost', 2),
      stat(107, bench, 'other-server', 3),
      stat(200, 1, 'node', 777),
    ],
    { root: bench, names },
  );

  expect(used).toEqual({
    gateway: 20,
    postgres: 75,
    rabbitmq: 53,
    'other-server': 3,
    bench: 10,
    generator: 0,
  });
});

test('what a load used is the generator’s once it has ended', () => {
  const before = cpuByName([stat(bench, 1, 'node', 10, 100)], { root: bench, names });
  const after = cpuByName([stat(bench, 1, 'node', 12, 180)], { root: bench, names });

  expect((after.generator ?? 0) - (before.generator ?? 0)).toBe(80);
  expect((after.bench ?? 0) - (before.bench ?? 0)).toBe(2);
});

test('a backend that ends between two looks is not lost', () => {
  const of = (stats: Stat[]) => cpuByName(stats, { root: bench, names }).postgres;
  const postmaster = (childrens: number) => stat(102, bench, 'postgres', 30, childrens);

  expect(of([stat(bench, 1, 'node', 1), postmaster(0), stat(103, 102, 'postgres', 40)])).toBe(70);
  expect(of([stat(bench, 1, 'node', 1), postmaster(45)])).toBe(75);
});
