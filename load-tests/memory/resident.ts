import { readFileSync } from 'node:fs';

/** Memory that a process has in the machine's own, in MB: what a limit of a container counts. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}
