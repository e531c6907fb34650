import { toPlainText } from '@react-email/render';
import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

const html = `<html><body>
  <h1>Your booking</h1><p>Dear <b>Ada</b>, <a href="https://guichet.test/a">look at it</a>.</p>
  <img src="cid:pass-1" alt="A pass"/><div data-skip-in-text="true">hidden</div>
  <table data-text-format="dataTable"><tr><th>What</th><th>How much</th></tr><tr><td>Adult</td><td>€21</td></tr></table>
  <table><tr><td>one</td><td>two</td></tr></table>
</body></html>`;

test('the text is as React Email makes it', () => {
  expect(plainText(html)).toContain('look at it https://guichet.test/a');
  expect(plainText(html)).not.toContain('hidden');
  expect(plainText(html)).toBe(toPlainText(html));
});
