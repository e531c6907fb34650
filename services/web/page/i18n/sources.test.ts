import { expect, test } from 'vitest';
import { messagesOf } from './locales-test.ts';
import { readSource, sources } from './sources-test.ts';

/** Areas whose keys are the API's own words: kinds of offerings, states of slots, refusals. */
const worded = ['day', 'kind', 'problem', 'slot'];

const all = [...sources.values()];

test('text that stands in the page itself is seen, wherever people would see it', () => {
  const { shown } = readSource(
    'sample.tsx',
    `const Sample = ({ n }) => (
      <>
        Bare
        <p title="Titled" className="no text" aria-label={n > 1 ? 'Many' : \`Only \${n}\`}>
          {n === 'no text' && 'Held'} × 2, {t('kind.event')} {'Put ' + n}
        </p>
        <Field label="Labelled" aria-label={\`Guichet, \${t('common.home')}\`} />
      </>
    );`,
  );

  expect(shown.sort()).toEqual(['Bare', 'Held', 'Labelled', 'Many', 'Only', 'Put', 'Titled']);
});

test('every text that the page shows is in the texts', () => {
  const shown = [...sources].filter(([, { shown }]) => shown.length > 0);

  expect(shown.map(([path, { shown }]) => [path, shown])).toEqual([]);
});

test('keys are written out, but in areas whose words are the API’s', () => {
  const areas = new Set([...messagesOf('en').keys()].map((key) => key.split('.')[0]));
  const beginnings = all.flatMap((source) => [...source.beginnings]);
  const found = beginnings.filter((text) => text.includes('.')).map((text) => text.split('.')[0]);

  expect([...new Set(found)].filter((area) => areas.has(area)).sort()).toEqual(worded);
});

test('every text is shown somewhere', () => {
  const strings = new Set(all.flatMap((source) => [...source.strings]));
  const unused = [...messagesOf('en').keys()].filter(
    (key) => !strings.has(key) && !worded.includes(key.split('.')[0] ?? ''),
  );

  expect(unused).toEqual([]);
});
