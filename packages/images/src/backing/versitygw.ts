import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '@guichet/local-stack/providers/on-path';
import { CannotBuild } from '../cannot-build.ts';
import { inRepository } from '../repository.ts';
import type { RootImage } from '../root/root-image.ts';
import { run } from '../run.ts';

const program = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';

export const versitygw: RootImage = {
  name: 'versitygw',
  tag: '1',
  folder: 'backing/versitygw',
  inputs: program,
  async fill(root) {
    if (!(await onPath('go'))) {
      throw new CannotBuild(
        'Go is missing, which compiles the S3 server: install Go 1.25 or newer, or name the other images in ONLY.',
      );
    }
    const built = inRepository('.guichet/cache/go');
    const env = { ...process.env, GOBIN: built, CGO_ENABLED: '0' };
    await run('go', ['install', '-trimpath', '-ldflags', '-s -w', program], { env });
    mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
    copyFileSync(join(built, 'versitygw'), join(root, 'usr/local/bin/versitygw'));
  },
};
