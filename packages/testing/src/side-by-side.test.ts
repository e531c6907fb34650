import { expect, test } from 'vitest';
import { drawSideBySide } from './side-by-side.ts';

test('each figure stands beside the other run’s, the larger one as long as the picture', () => {
  const picture = drawSideBySide({
    title: '20,000 people',
    runs: ['with', 'without'],
    figures: [
      { name: 'served', values: [0.91, 0.05], unit: '%' },
      { name: 'asked', values: [700, 40_000], unit: '' },
      { name: 'took', values: [2.4, 1.2], unit: 's' },
      { name: 'at least', values: [0.006, 0.36], unit: 's' },
    ],
  });

  expect(picture).toContain('>91 %<');
  expect(picture).toContain('>40,000<');
  expect(picture).toContain('>6 ms<');
  expect(picture).toMatch(/class="one"[^>]*width="380\.0"[^>]*\/>\n<text[^>]*>2\.4 s</);
  expect(picture).toMatch(/class="other"[^>]*width="190\.0"[^>]*\/>\n<text[^>]*>1\.2 s</);
});
