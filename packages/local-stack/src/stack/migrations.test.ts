import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Migration, readMigrations, sharedFolder } from '@guichet/postgres/migration-files';
import { describe, expect, test } from 'vitest';

const services = join(import.meta.dirname, '../../../../services');
const folders = [
  sharedFolder,
  ...readdirSync(services)
    .map((name) => join(services, name, 'migrations'))
    .filter((folder) => existsSync(folder)),
];

/** What no release’s code has ever called: other functions of the schema did. */
const calledBySqlAlone = ['free_lapsed_holds_of', 'record_fact', 'allot_places'];
/** What code that was built before writes and reads as it did: both types take text and give JSON. */
const toldApartByNobody = ['alter table outbox alter column data type json using data::json'];

const comments = /--.*$/gm;
const bodies = /\$(\w*)\$[\s\S]*?\$\1\$/g;
const takesAway = [
  /\bdrop\s+(table|column|view|type|domain|schema|sequence)\b/i,
  /\bdrop\s+function\s+(?:if\s+exists\s+)?(\w+)/i,
  /\brename\b/i,
  /\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b/i,
  /\bset\s+not\s+null\b/i,
  /\btruncate\b/i,
];

/** The statements after which code that was built before may not work. */
function narrowing(sql: string): string[] {
  const statements = sql.replace(comments, '').replace(bodies, "''").split(';');
  return statements
    .filter((statement) => {
      const found = takesAway.map((pattern) => pattern.exec(statement)).find(Boolean);
      return found && !calledBySqlAlone.includes(found[1] ?? '');
    })
    .map((statement) => statement.trim().replace(/\s+/g, ' '))
    .filter((statement) => !toldApartByNobody.includes(statement));
}

const declares = (migrations: readonly Migration[], at: number): boolean =>
  (migrations[at]?.compatibleFrom ?? 1) > (migrations[at - 1]?.compatibleFrom ?? 1);

describe.each(folders)('the migrations of %s', (folder) => {
  test('take nothing away without saying from where on releases work', () => {
    const migrations = readMigrations(folder);
    expect(migrations.length).toBeGreaterThan(0);
    const silent = migrations
      .filter(({ sql }, at) => narrowing(sql).length > 0 && !declares(migrations, at))
      .map(({ name, sql }) => `${name}: ${narrowing(sql).join('; ')}`);

    expect(silent).toEqual([]);
  });
});

test.each([
  'drop table bookings;',
  'alter table bookings drop column amount_cents;',
  'alter table bookings rename column places to seats;',
  'alter table bookings alter column reference type varchar(4);',
  'alter table bookings alter column contact set not null;',
  'drop function if exists place_booking(uuid);',
  'truncate bookings;',
])('%s is taking something away', (sql) => {
  expect(narrowing(sql)).toHaveLength(1);
});

test.each([
  'alter table bookings add column attendees jsonb;',
  'drop index bookings_by_slot;',
  '-- drop table bookings',
  'create function f() returns void language sql as $$ drop table scratch; $$;',
  'drop function free_lapsed_holds_of(uuid, interval, integer);',
])('%s is not', (sql) => {
  expect(narrowing(sql)).toEqual([]);
});
