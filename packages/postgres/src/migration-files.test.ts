import { expect, test } from 'vitest';
import { MigrationError, readMigrations } from './migration-files.ts';
import { migrationFolder } from './migration-folder-test.ts';

const read = (files: Record<string, string>) => readMigrations(migrationFolder(files).folder);
const expand = 'create table things (name text);\n';

test('an expand migration declares nothing, a contract migration the oldest version that it leaves working', () => {
  const migrations = read({
    '0001_things.sql': expand,
    '0002_labels.sql': 'alter table things add label text;',
    '0003_names_gone.sql': '-- compatible from 0002\nalter table things drop name;',
    '0004_sizes.sql': 'alter table things add size text;',
  });

  expect(migrations.map(({ version, compatibleFrom }) => [version, compatibleFrom])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
  ]);
});

test.each([
  ['-- compatible from 2', /0002_next\.sql: "-- compatible from 2" must read/],
  ['-- compatible from 0002 on', /must read "-- compatible from NNNN"/],
  ['-- Compatible from 0002', /must read/],
  ['--compatible from 0002', /must read/],
  ['-- compatible with 0002', /must read/],
  ['-- compatible from 0000', /between 0001 and its own 0002/],
  ['-- compatible from 0003', /between 0001 and its own 0002/],
  ['select 1;\n-- compatible from 0002', /0002_next\.sql: .* must be its first line/],
  ['\n-- compatible from 0002', /must be its first line/],
])('a declaration that is none is refused: %j', (sql, sentence) => {
  const reading = () => read({ '0001_things.sql': expand, '0002_next.sql': sql });

  expect(reading).toThrow(MigrationError);
  expect(reading).toThrow(sentence);
});

test('a declaration that takes back an earlier one is refused', () => {
  expect(() =>
    read({
      '0001_things.sql': expand,
      '0002_gone.sql': '-- compatible from 0002\nselect 1;',
      '0003_gone.sql': '-- compatible from 0001\nselect 1;',
    }),
  ).toThrow(/0003_gone\.sql: it is compatible from 0001, but one before it only from 0002/);
});

test.each([
  [['0002_things.sql'], /0002_things\.sql: .* 0001 is expected here/],
  [['0001_things.sql', '0003_more.sql'], /0003_more\.sql: .* 0002 is expected here/],
  [['0001_things.sql', '0001_others.sql'], /0001_things\.sql: .* 0002 is expected here/],
  [['0001_things.sql', 'README.md'], /README\.md: .*NNNN_name\.sql/],
  [['1_things.sql'], /1_things\.sql: .* 0001 is expected here/],
])('numbers without a gap are needed, or a version would be no number: %j', (names, sentence) => {
  expect(() => read(Object.fromEntries(names.map((name) => [name, expand])))).toThrow(sentence);
});
