import { expect, test } from 'vitest';
import { readK6, secondsIn } from './k6-said.ts';

const said = `
    http_req_failed{service:reservation}
    ✓ 'rate<=0.0005' rate=0.00%

    CUSTOM
    booked.........................: 20     0.152799/s
    first_served...................: 18     0.152799/s

    HTTP
    http_req_duration..............: med=3.39ms p(95)=8.56ms  p(99)=22.71ms max=76.14ms
      { service:catalog }..........: med=6.67ms p(95)=15.03ms p(99)=17.27ms max=17.83ms
      { service:reservation }......: med=7.9ms  p(95)=29.77ms p(99)=1m2s    max=1m4s
    http_req_failed................: 0.05%  1 out of 1836
      { service:reservation }......: 0.00%  0 out of 40
`;

test('counts and times are read of what k6 wrote', () => {
  const { count, requests, median, p99 } = readK6(said);

  expect([count('booked'), count('first_served'), count('shed')]).toEqual([20, 18, 0]);
  expect({ requests, median, p99 }).toEqual({ requests: 40, median: 0.0079, p99: 62 });
});

test.each([
  ['1m2.5s', 62.5],
  ['76.14ms', 0.07614],
  ['900µs', 0.0009],
])('%s is read', (text, seconds) => {
  expect(secondsIn(text)).toBeCloseTo(seconds, 9);
});

test('what is no duration is refused', () => {
  expect(() => secondsIn('soon')).toThrow('soon is no duration');
});
