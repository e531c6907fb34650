import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type ConfigVolume = {
  readonly folder: string;
  /** Replaces everything in it at once, as the kubelet does after a ConfigMap has changed. */
  put(settings: Record<string, string>): void;
  remove(): void;
};

/**
 * A folder as Kubernetes mounts a ConfigMap or Secret (kubelet's AtomicWriter): each name is a link
 * into `..data`, a link to a folder named by the time; a change is a new folder and one rename.
 */
export function createConfigVolume(settings: Record<string, string>): ConfigVolume {
  const folder = mkdtempSync(join(tmpdir(), 'config-volume-'));
  const at = (name: string) => join(folder, name);
  const isThere = (name: string) => lstatSync(at(name), { throwIfNoEntry: false }) !== undefined;
  let nth = 0;

  function put(next: Record<string, string>): void {
    nth += 1;
    const fresh = `..2026_11_20_12_00_${String(nth).padStart(2, '0')}.${100_000_000 + nth}`;
    const old = isThere('..data') ? readlinkSync(at('..data')) : undefined;
    mkdirSync(at(fresh));
    for (const [name, text] of Object.entries(next)) writeFileSync(join(at(fresh), name), text);
    symlinkSync(fresh, at('..data_tmp'));
    renameSync(at('..data_tmp'), at('..data'));
    for (const name of Object.keys(next)) {
      if (!isThere(name)) symlinkSync(join('..data', name), at(name));
    }
    for (const name of readdirSync(folder)) {
      if (!name.startsWith('..') && !(name in next)) rmSync(at(name));
    }
    if (old) rmSync(at(old), { recursive: true });
  }

  put(settings);
  return { folder, put, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
