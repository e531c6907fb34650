import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceImage } from '../app-images.ts';
import { filesOf } from './files.ts';
import { stagedKey } from './stage.ts';
import { closureOf } from './workspaces.ts';

let repository: string;
const write = (file: string, content: object | string) => {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(repository, file), text);
};

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'guichet-images-'));
  write('package.json', { name: 'all' });
  write('package-lock.json', { packages: {} });
  write('services/shop/package.json', {
    name: 'shop',
    dependencies: { http: '1' },
    devDependencies: { testing: '1' },
  });
  write('services/shop/src/main.ts', 'main');
  write('packages/http/package.json', { name: 'http', dependencies: { telemetry: '1', zod: '4' } });
  write('packages/telemetry/package.json', { name: 'telemetry', dependencies: { http: '1' } });
  write('packages/testing/package.json', { name: 'testing' });
});
afterEach(() => rmSync(repository, { recursive: true }));

const shop = serviceImage('shop');

test('an image has the workspaces that its service needs in production, near and far', () => {
  const folders = closureOf(repository, 'services/shop').map(({ folder }) => folder);

  expect(folders).toEqual(['services/shop', 'packages/http', 'packages/telemetry']);
});

test('of a workspace it has what runs: no tests, and no sources of what was built', () => {
  for (const file of [
    'words.txt',
    'main.test.ts',
    'main.int.test.ts',
    'shop-test.ts',
    'page.tsx',
  ]) {
    write(`services/shop/src/deep/${file}`, '');
  }
  write('services/shop/migrations/0001_shop.sql', '');
  write('services/shop/dist/page.js', '');
  write('services/shop/README.md', '');
  const [workspace] = closureOf(repository, 'services/shop');

  expect(workspace && filesOf(repository, workspace)).toEqual([
    'services/shop/dist/page.js',
    'services/shop/migrations/0001_shop.sql',
    'services/shop/src/deep/words.txt',
    'services/shop/src/main.ts',
  ]);
});

test.for<[string, string, object | string]>([
  ['a source', 'services/shop/src/main.ts', 'changed'],
  ['a source of a package', 'packages/telemetry/src/trace.ts', 'new'],
  ['a dependency', 'packages/http/package.json', { name: 'http', dependencies: { zod: '5' } }],
  ['the lock file', 'package-lock.json', { packages: { zod: {} } }],
])('%s makes another image', ([, file, content]) => {
  const before = stagedKey(repository, shop);
  write(file, content);

  expect(stagedKey(repository, shop)).not.toBe(before);
});

test.for<[string, string, object | string]>([
  ['a test', 'services/shop/src/main.test.ts', 'test'],
  ['another package', 'packages/testing/src/fault.ts', 'fault'],
  [
    'what is needed for development',
    'packages/http/package.json',
    {
      name: 'http',
      dependencies: { telemetry: '1', zod: '4' },
      devDependencies: { vitest: '5' },
    },
  ],
])('%s makes the same image', ([, file, content]) => {
  const before = stagedKey(repository, shop);
  write(file, content);

  expect(stagedKey(repository, shop)).toBe(before);
});
