import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { appImages, serviceImage } from '../app-images.ts';
import { repository } from '../repository.ts';
import { refuseStrays } from './refuse-strays.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A repository of one service and one package, with these files beside or in place of the usual. */
function repositoryWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-images-'));
  folders.push(folder);
  const all = {
    'services/shop/package.json':
      '{ "name": "shop", "dependencies": { "@guichet/http": "0.1.0" } }',
    'services/shop/src/main.ts': "import '@guichet/http/serve';\nimport 'node:fs';\n",
    'packages/http/package.json': '{ "name": "@guichet/http", "dependencies": { "express": "5" } }',
    'packages/http/src/serve.ts': "import express from 'express';\nexport const app = express();\n",
    'packages/testing/package.json': '{ "name": "@guichet/testing" }',
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const refusing = (files: Record<string, string>) =>
  refuseStrays(repositoryWith(files), serviceImage('shop'));

test.for(appImages)('what the image of $name imports would be in it', async (image) => {
  await expect(refuseStrays(repository, image)).resolves.toBeUndefined();
});

test('an image that has what it imports is not refused', async () => {
  await expect(refusing({})).resolves.toBeUndefined();
});

test('packages/testing is in no image of a service, however it would come there', async () => {
  const manifest = (dependencies: object) =>
    JSON.stringify({ name: '@guichet/http', dependencies });

  await expect(
    refusing({ 'packages/http/package.json': manifest({ '@guichet/testing': '0.1.0' }) }),
  ).rejects.toThrow('packages/http/package.json names @guichet/testing in dependencies');
});

test('a program that imports what its package.json does not name is refused', async () => {
  await expect(
    refusing({ 'services/shop/src/late.ts': "export const late = () => import('undici');\n" }),
  ).rejects.toThrow('would lack undici, which services/shop/src/late.ts imports');
});

test('a development dependency is no dependency of an image', async () => {
  const manifest = '{ "name": "shop", "devDependencies": { "vitest": "5" } }';

  await expect(
    refusing({
      'services/shop/package.json': manifest,
      'services/shop/src/main.ts': "import { vi } from 'vitest';\nexport const now = vi.now;\n",
    }),
  ).rejects.toThrow('would lack vitest');
});

test('types are gone when a program runs, so they are nobody’s dependency', async () => {
  const source = "import type { Pool } from 'pg';\nexport type Shop = { pool: Pool };\n";

  await expect(refusing({ 'services/shop/src/shop.ts': source })).resolves.toBeUndefined();
});

test('a program that imports what only tests have is refused', async () => {
  await expect(
    refusing({
      'services/shop/src/shop-test.ts': 'export const shop = 1;\n',
      'services/shop/src/main.ts': "export { shop } from './shop-test.ts';\n",
    }),
  ).rejects.toThrow('would lack services/shop/src/shop-test.ts');
});
