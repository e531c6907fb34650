import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { trimLock, trimModules } from './trim.ts';

let modules: string;
const write = (file: string, text = '') => {
  mkdirSync(dirname(join(modules, file)), { recursive: true });
  writeFileSync(join(modules, file), text);
};
const has = (file: string) => existsSync(join(modules, file));

beforeEach(() => {
  modules = mkdtempSync(join(tmpdir(), 'guichet-modules-'));
});
afterEach(() => rmSync(modules, { recursive: true }));

test('what only compilers and debuggers read is taken out, and the licence is not', () => {
  const kept = ['zod/index.js', 'zod/LICENSE', 'zod/map.js', 'zod/node_modules/a/d.cjs'];
  const gone = ['zod/index.js.map', 'zod/index.d.ts', 'zod/node_modules/a/d.d.cts', '.bin/zod'];
  for (const file of [...kept, ...gone]) write(file);

  trimModules(modules);

  expect(kept.filter(has)).toEqual(kept);
  expect(gone.filter(has)).toEqual([]);
});

test('of a package that is only served, the served file is left, and no claim on others', () => {
  write('@scalar/api-reference/package.json', '{ "version": "1", "dependencies": { "vue": "3" } }');
  write('@scalar/api-reference/LICENSE');
  write('@scalar/api-reference/dist/index.js');
  write('@scalar/api-reference/dist/browser/standalone.js', 'page');

  trimModules(modules);

  const manifest = readFileSync(join(modules, '@scalar/api-reference/package.json'), 'utf8');
  expect(JSON.parse(manifest)).toEqual({ version: '1' });
  expect(has('@scalar/api-reference/dist/index.js')).toBe(false);
  expect(has('@scalar/api-reference/LICENSE')).toBe(true);
  expect(has('@scalar/api-reference/dist/browser/standalone.js')).toBe(true);
});

test('a served file that its package does not have any more is missed before the image is', () => {
  write('@scalar/api-reference/package.json', '{}');

  expect(() => trimModules(modules)).toThrow(/has no dist\/browser\/standalone\.js any more/);
});

test('the lock file asks for nothing in the name of what is only served', () => {
  const express = { version: '5', dependencies: { qs: '6' } };
  const { packages } = trimLock({
    packages: {
      'node_modules/@scalar/api-reference': { version: '1', dependencies: { vue: '3' } },
      'node_modules/express': express,
    },
  });

  expect(packages['node_modules/@scalar/api-reference']).toEqual({ version: '1' });
  expect(packages['node_modules/express']).toEqual(express);
});
