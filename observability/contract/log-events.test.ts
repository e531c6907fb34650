import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@guichet/cdk8s/catalogue';
import { expect, test } from 'vitest';
import { logEvents } from '../contract.ts';

const repository = join(import.meta.dirname, '../..');
/** What runs in a service that is installed; the rest writes no log that anybody collects. */
const sources = globSync(`{packages/*,services/{${serviceNames.join()}}}/src/**/*.ts`, {
  cwd: repository,
})
  .filter((path) => !/test\.ts$|packages\/(testing|local-stack|browser|cluster)\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }));

type Said = { path: string; level: string; facts: string; text: string | undefined };

/** The arguments of a call, of which `from` is where the first one begins. */
function argumentsAt(source: string, from: number): string[] {
  const parts: string[] = [''];
  for (let at = from, depth = 1; ; at += 1) {
    const char = source[at] ?? '';
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (depth === 0) return parts.map((part) => part.trim()).filter(Boolean);
    if (char === ',' && depth === 1 && !isInText(parts.at(-1) ?? '')) parts.push('');
    else parts[parts.length - 1] += char;
  }
}
const isInText = (part: string) => (part.match(/[`']/g) ?? []).length % 2 === 1;

/** A text as the contract has it; nothing where it is put together elsewhere. */
const textOf = (argument: string): string | undefined =>
  /^(['`])([\s\S]*)\1$/.exec(argument)?.[2]?.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '{}');

const said: Said[] = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\blogger\??\.(info|warn|error|fatal)\(/g)].map(
    ({ 0: call, 1: level = '', index }) => {
      const parts = argumentsAt(text, index + call.length);
      const facts = parts.length > 1 ? (parts[0] ?? '') : '';
      return { path, level, facts, text: textOf(parts.at(-1) ?? '') };
    },
  ),
);

test('every line that a service writes is in the contract, with its level and its fields', () => {
  expect(said.length).toBeGreaterThan(50);
  const unknown = said.filter(({ text, level, facts }) => {
    if (text === undefined) return false;
    const event = logEvents[text];
    const fields = [...facts.matchAll(/[{,]\s*(\w+)\s*(?=[:,}])/g)].map(([, field]) => field ?? '');
    return event?.level !== level || fields.some((field) => !event.fields.includes(field));
  });

  expect(unknown).toEqual([]);
});

test('every line of the contract is one that a service writes', () => {
  const missing = Object.keys(logEvents).filter((event) => {
    const pieces = event.split('{}').filter((piece) => piece.trim() !== '');
    // Put together in one place, whoever writes it.
    return !sources.some(({ text }) => pieces.every((piece) => text.includes(piece)));
  });

  expect(missing).toEqual([]);
});

test('every word for a security event is that of a line', () => {
  const lines = Object.values(logEvents).filter(({ fields }) => fields.includes('securityEvent'));

  expect(lines).toHaveLength(4);
});
