import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (`getconf CLK_TCK`). */
const microsPerTick = 10_000;

export type Stat = {
  readonly pid: number;
  readonly parent: number;
  readonly program: string;
  /** Microseconds of CPU, by all its threads. */
  readonly own: number;
  /** The same, of its children that have ended. */
  readonly childrens: number;
};

/** proc(5): the fields after the program, which may have spaces and brackets in it. */
export function parseStat(text: string): Stat {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  const at = (nth: number) => Number(fields[nth - 3]);
  return {
    pid: Number(text.slice(0, open)),
    parent: at(4),
    program: text.slice(open + 1, close),
    own: (at(14) + at(15)) * microsPerTick,
    childrens: (at(16) + at(17)) * microsPerTick,
  };
}

/** What runs on this machine now. */
export function readStats(): Stat[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return parseStat(readFileSync(`/proc/${name}/stat`, 'utf8'));
    } catch {
      // It has ended meanwhile: its parent has what it used.
      return [];
    }
  });
}

/** Servers that are started by others, of whom nobody tells the process. */
const knownPrograms: Readonly<Record<string, string>> = {
  postgres: 'postgres',
  'rabbitmq-server': 'rabbitmq',
  'beam.smp': 'rabbitmq',
  'redis-server': 'valkey',
  'valkey-server': 'valkey',
  mongod: 'mongo',
  java: 'mongo',
};

/**
 * Microseconds of CPU since its beginning by everything below `root`, which is this process: each
 * under the name that it is known by, or else its program, or else whoever started it. What `root`
 * started and has ended is the `generator`: a load runs, and ends, between two looks.
 */
export function cpuByName(
  stats: readonly Stat[],
  { root, names }: { root: number; names: ReadonlyMap<number, string> },
): Record<string, number> {
  const byPid = new Map(stats.map((stat) => [stat.pid, stat]));
  const nameOf = (stat: Stat | undefined): string | undefined => {
    if (!stat || stat.pid === root) return undefined;
    const parent = byPid.get(stat.parent);
    if (parent?.pid !== root && !nameOf(parent)) return undefined;
    return names.get(stat.pid) ?? nameOf(parent) ?? knownPrograms[stat.program] ?? stat.program;
  };

  const used: Record<string, number> = {};
  const add = (name: string, micros: number) => {
    used[name] = (used[name] ?? 0) + micros;
  };
  for (const stat of stats) {
    const name = nameOf(stat);
    if (name) add(name, stat.own + stat.childrens);
  }
  const self = byPid.get(root);
  add('bench', self?.own ?? 0);
  add('generator', self?.childrens ?? 0);
  return used;
}
