import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (`getconf CLK_TCK`). */
const microsPerTick = 10_000;

type Stat = { parent: number; own: number; childrens: number };

/** proc(5): the fields after the command, which may have spaces in it. */
function statOf(pid: number): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const at = (nth: number) => Number(fields[nth - 3]);
    return { parent: at(4), own: at(14) + at(15), childrens: at(16) + at(17) };
  } catch {
    return undefined;
  }
}

/** CPU that a process and its children, those that have ended too, have used: in microseconds. */
export function cpuMicros(pid: number): number {
  const self = statOf(pid);
  if (!self) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === pid);
  const living = children.reduce((sum, stat) => sum + (stat?.own ?? 0), 0);
  return (self.own + self.childrens + living) * microsPerTick;
}
