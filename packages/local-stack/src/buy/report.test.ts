import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Exchange } from './exchanges.ts';
import { createReport, shorten } from './report.ts';

const exchange = (changes: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  url: 'http://127.0.0.1:8080/api/bookings/1',
  request: undefined,
  status: 200,
  answer: '{"status":"PENDING"}',
  ...changes,
});

const reportOf = (exchanges: Exchange[]) => {
  let text = '';
  const report = createReport({ fetch: globalThis.fetch, takeAll: () => exchanges }, (written) => {
    text += stripVTControlCharacters(written);
  });
  return { report, text: () => text };
};

test('shows request, answer, time and meaning of a step', async () => {
  const { report, text } = reportOf([
    exchange({ method: 'POST', request: '{"party":{"adult":2}}', status: 201 }),
  ]);

  expect(await report('Quote', async () => ({ value: 7, says: 'two adults' }))).toBe(7);

  expect(text()).toMatch(/^\n 1 Quote +\d+ ms\n/);
  expect(text()).toContain('   POST http://127.0.0.1:8080/api/bookings/1\n');
  expect(text()).toContain('        {"party":{"adult":2}}\n   201\n        {"status":"PENDING"}\n');
  expect(text()).toContain('   → two adults\n');
});

test('shows what was exchanged when a step fails', async () => {
  const { report, text } = reportOf([exchange({ status: 409, answer: '{"code":"sold_out"}' })]);

  const failing = report('Booking', async () => {
    throw new Error('no');
  });

  await expect(failing).rejects.toThrow('no');
  expect(text()).toContain('   409\n        {"code":"sold_out"}\n');
});

test('shows the last of many equal requests, and how many there were', async () => {
  const { report, text } = reportOf([
    exchange(),
    exchange(),
    exchange({ answer: '{"status":"CONFIRMED"}' }),
  ]);

  await report('Confirmation', async () => ({ value: undefined, says: 'done' }));

  expect(text()).not.toContain('PENDING');
  expect(text()).toContain('CONFIRMED');
  expect(text()).toContain('asked 3 times');
});

test('shortens tokens, lists and what is nested deep, and leaves out what is not there', () => {
  const text = shorten(
    JSON.stringify({
      quote: 'x'.repeat(800),
      nothing: null,
      items: [{ price: { cents: 7 }, title: 'a' }, 2, 3, 4],
      lines: [],
    }),
  );

  expect(text).toBe(
    '{"quote":"xxxxxxxxxxxxxxxxxxxx… (800 characters)", ' +
      '"items":[{"price":"{…}", "title":"a"}, "… 4 in all"], "lines":[]}',
  );
});

test('breaks an answer into few lines', async () => {
  const answer = JSON.stringify(
    Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`field${at}`, 'some value'])),
  );
  const { report, text } = reportOf([exchange({ answer })]);

  await report('Booking', async () => ({ value: undefined, says: 'done' }));

  const lines = text().split('\n');
  expect(lines.every((line) => line.length <= 101)).toBe(true);
  expect(lines.length).toBeLessThan(15);
  expect(text()).toContain('        …\n');
});
