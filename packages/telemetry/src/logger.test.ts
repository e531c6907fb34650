import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What a process of its own writes when it logs these fields: the logger owns its stdout. */
const logged = (fields: object): string => {
  const program = `
    import { createLogger } from ${JSON.stringify(join(import.meta.dirname, 'logger.ts'))};
    createLogger({ service: 'test' }).info(${JSON.stringify(fields)}, 'said');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', program]).stdout.toString();
};

test('who a booking is for, and who comes, is in no line', () => {
  const person = { email: 'ada@example.org', firstName: 'Ada', lastName: 'Lovelace' };
  const attendees = [{ firstName: 'Mary', lastName: 'Somerville' }];
  const lines = [
    logged({ ...person, attendees, bookingId: 'b1' }),
    logged({ contact: person, body: { attendees }, bookingId: 'b1' }),
  ];

  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ bookingId: 'b1', msg: 'said', service: 'test' });
    expect(line).not.toMatch(/ada|lovelace|mary|somerville/i);
  }
});

test('the row that a database complains of is in no line', () => {
  const err = { message: 'violates check', constraint: 'c', detail: 'Failing row: (Ada, …)' };
  const line = logged({ err });

  expect(JSON.parse(line).err).toMatchObject({ constraint: 'c', detail: '[redacted]' });
  expect(line).not.toMatch(/ada/i);
});

test('lines that nobody reads are lost, and take no more memory', async () => {
  const program = `
    import { createLogger } from ${JSON.stringify(join(import.meta.dirname, 'logger.ts'))};
    const logger = createLogger({ service: 'test' });
    const line = 'x'.repeat(10_000);
    for (let nth = 0; nth < 20_000; nth += 1) {
      logger.info({ nth }, line);
      if (nth % 100 === 0) await new Promise(setImmediate);
    }
    process.stderr.write(String(process.memoryUsage().rss));
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  // Its stdout is a pipe that nobody reads.
  const [said] = await once(child.stderr, 'data');
  child.kill('SIGKILL');

  expect(Number(String(said))).toBeGreaterThan(0);
  // 200 MB were said.
  expect(Number(String(said))).toBeLessThan(150 * 1_048_576);
});
