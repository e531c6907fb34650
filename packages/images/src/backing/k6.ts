import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '@guichet/local-stack/providers/on-path';
import { CannotBuild } from '../cannot-build.ts';
import type { RootImage } from '../root/root-image.ts';
import { run } from '../run.ts';

const version = '2.2.0';

/** What makes load, for a Job where nothing can be pulled: the k6 of this machine, which is one static program. */
export const k6: RootImage = {
  name: 'k6',
  tag: version,
  folder: 'backing/k6',
  inputs: version,
  onlyWhenNamed: true,
  async fill(root) {
    const program = await onPath('k6');
    if (!program || !(await run(program, ['version'])).startsWith(`k6 v${version} `)) {
      throw new CannotBuild(`k6 ${version} is not on the PATH, which the image k6 is made of.`);
    }
    mkdirSync(join(root, 'usr/bin'), { recursive: true });
    copyFileSync(program, join(root, 'usr/bin/k6'));
  },
};
