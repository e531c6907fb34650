import { expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

const only = (there: string) => (file: string) => file === there;

test('takes the one that is named, else Debian’s', () => {
  expect(findChromium('/opt/chrome', only('/opt/chrome'))).toBe('/opt/chrome');
  expect(findChromium(undefined, only('/usr/bin/chromium'))).toBe('/usr/bin/chromium');
  expect(findChromium('', only('/usr/bin/chromium'))).toBe('/usr/bin/chromium');
});

test('says how to get one where there is none', () => {
  expect(() => findChromium(undefined, () => false)).toThrow('apt-get install chromium');
  expect(() => findChromium('/opt/chrome', only('/usr/bin/chromium'))).toThrow(
    'CHROMIUM names /opt/chrome',
  );
});
