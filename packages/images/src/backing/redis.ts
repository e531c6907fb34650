import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fillFromDebian } from '../root/fill-from-debian.ts';
import type { RootImage } from '../root/root-image.ts';

export const redis: RootImage = {
  name: 'redis',
  tag: '7',
  folder: 'backing/redis',
  inputs: '',
  async fill(root) {
    await fillFromDebian(root, { packages: ['redis-server'], whole: /^redis-(server|tools)$/ });
    // A chart that names Valkey's image calls its programs.
    for (const program of ['server', 'cli']) {
      symlinkSync(`redis-${program}`, join(root, 'usr/bin', `valkey-${program}`));
    }
  },
};
