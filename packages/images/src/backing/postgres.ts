import { fillFromDebian, linkBusybox } from '../root/fill-from-debian.ts';
import type { RootImage } from '../root/root-image.ts';

export const postgres: RootImage = {
  name: 'postgres',
  tag: '15',
  folder: 'backing/postgres',
  inputs: '',
  async fill(root) {
    const programs = 'usr/lib/postgresql/15';
    await fillFromDebian(root, {
      packages: ['postgresql-15', 'busybox-static', 'tzdata', 'libc-bin'],
      whole: /^(postgresql(-client)?-15|busybox-static|tzdata|libc-bin)$/,
      // Compiling queries at run time would take a compiler of 140 MB, for queries longer than ours.
      without: [
        `${programs}/lib/bitcode`,
        `${programs}/lib/llvmjit.so`,
        `${programs}/lib/llvmjit_types.bc`,
      ],
    });
    await linkBusybox(root);
  },
};
