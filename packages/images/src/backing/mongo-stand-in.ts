import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compiledStandIn } from '@guichet/local-stack/providers/mongo';
import { onPath } from '@guichet/local-stack/providers/on-path';
import { CannotBuild } from '../cannot-build.ts';
import { keyOfFolder } from '../content-key.ts';
import { inRepository } from '../repository.ts';
import { fillFromDebian } from '../root/fill-from-debian.ts';
import type { RootImage } from '../root/root-image.ts';
import { run } from '../run.ts';

/** What jdeps names for it and its libraries, less what H2 has for its console, its profiler and for triggers. */
const modules = [
  'java.base',
  'java.logging',
  'java.management',
  'java.naming',
  'java.sql',
  'jdk.httpserver',
  'jdk.net',
  'jdk.unsupported',
].join(',');

/** The stand-in of `make start`, on a Java that has only the modules that it uses. */
export const mongoStandIn: RootImage = {
  name: 'mongo-stand-in',
  tag: '1',
  folder: 'backing/mongo-stand-in',
  inputs: keyOfFolder(inRepository('packages/local-stack/mongo-stand-in')),
  async fill(root) {
    const compiled = await compiledStandIn(inRepository('.guichet/cache'));
    if (!(await onPath('jlink'))) {
      throw new CannotBuild(
        "jlink is missing, which makes MongoDB's stand-in its Java: apt-get install openjdk-17-jdk-headless.",
      );
    }
    const java = join(root, 'opt/java');
    mkdirSync(join(root, 'opt'), { recursive: true });
    const small = ['--strip-debug', '--no-header-files', '--no-man-pages', '--compress=2'];
    await run('jlink', ['--add-modules', modules, ...small, '--output', java]);
    for (const part of ['out', 'lib']) {
      cpSync(join(compiled, part), join(root, 'opt/mongo-stand-in', part), { recursive: true });
    }
    await fillFromDebian(root, { packages: ['libstdc++6', 'zlib1g'], whole: /^$/ });
  },
};
