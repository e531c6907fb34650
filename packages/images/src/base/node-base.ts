import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillFromDebian } from '../root/fill-from-debian.ts';
import type { RootImage } from '../root/root-image.ts';

/** A base for where none can be pulled: the Node that runs this, which the lock file pins, on Debian's libraries. */
export const nodeBase: RootImage = {
  name: 'node-base',
  tag: '24',
  folder: 'base',
  inputs: process.version,
  async fill(root) {
    mkdirSync(join(root, 'bin'));
    copyFileSync(process.execPath, join(root, 'bin/node'));
    await fillFromDebian(root, {
      packages: ['libc6', 'libstdc++6'],
      // In full: a native addon may need parts of the C library that Node does not.
      whole: /^libc6$/,
      without: ['usr/lib/*/gconv', 'lib/*/gconv'],
    });
  },
};
