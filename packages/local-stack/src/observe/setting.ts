import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObservePorts, Ports } from '../stack/ports.ts';

/** For what, and where, the programs are set up. */
export type Setting = {
  readonly ports: Ports;
  readonly observe: ObservePorts;
  /** Where each keeps what it has and what it is told. */
  readonly folder: string;
  /** Windows and intervals of a game day. */
  readonly drill: boolean;
  /** Tells whoever started it all. */
  say(line: string): void;
};

export const local = (port: number) => `127.0.0.1:${port}`;
export const folderOf = ({ folder }: Setting, name: string) => join(folder, name);

/** Writes a program's configuration, as JSON, which is YAML too, and answers where it is. */
export function configure(setting: Setting, name: string, configuration: object): string {
  const folder = folderOf(setting, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, `${JSON.stringify(configuration, null, 2)}\n`);
  return file;
}
