import { expect, test } from 'vitest';
import { refuseComplaints } from './complaints.ts';

test('lets pass what was expected, and a page that complains of nothing', () => {
  expect(() => refuseComplaints([], [])).not.toThrow();
  expect(() => refuseComplaints(['console: 402 (Payment Required)'], [/402/])).not.toThrow();
});

test('refuses what nobody expected, and names it', () => {
  expect(() => refuseComplaints(['console: 402', 'uncaught: TypeError'], [/402/])).toThrow(
    /not expect:\nuncaught: TypeError$/,
  );
});

test('refuses an expectation that nothing met', () => {
  expect(() => refuseComplaints(['console: 402'], [/402/, /500/])).toThrow('never made: /500/');
});
