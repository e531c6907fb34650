import { findChromium } from '@guichet/browser/find-chromium';
import { listOfferings } from '@guichet/contracts/offerings';
import { launch } from 'chrome-launcher';
import lighthouse, { type Flags } from 'lighthouse';
import { expect } from 'vitest';
import { test } from './shop-browser-test.ts';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const figures = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'total-byte-weight',
] as const;

/** One page as Lighthouse sees it: a phone of the middle, on a mobile network. */
async function audit(url: string) {
  const chrome = await launch({
    chromePath: findChromium(process.env.CHROMIUM),
    chromeFlags: ['--headless=new', '--no-sandbox', '--no-proxy-server'],
  });
  try {
    const flags: Flags = {
      port: chrome.port,
      logLevel: 'silent',
      onlyCategories: [...categories],
    };
    const result = await lighthouse(url, flags);
    if (!result) throw new Error(`Lighthouse has nothing to say of ${url}.`);
    return result.lhr;
  } finally {
    chrome.kill();
  }
}
type Report = Awaited<ReturnType<typeof audit>>;

/** What cost a page points, by the title of the audit. */
const lacking = ({ audits, categories }: Report, category: string) =>
  (categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && audits[id]?.score === 0)
    .map(({ id }) => `${category}: ${audits[id]?.title}`);

/* What counts is held to, what depends on the machine is printed. */
test('Lighthouse finds nothing to mend but what a machine’s speed decides', async ({ shop }) => {
  const { items } = await shop.api.call(listOfferings, { query: { kind: 'ride' } });
  const [{ id, organiserId } = { id: '', organiserId: '' }] = items;
  const lacks: string[] = [];
  for (const path of ['', `/offerings/${id}`, `/organisers/${organiserId}`]) {
    const report = await audit(`${shop.gateway}/en${path}`);
    const scores = categories.map(
      (name) => `${name} ${Math.round((report.categories[name]?.score ?? 0) * 100)}`,
    );
    const shown = figures.map((name) => `${name} ${report.audits[name]?.displayValue}`);
    process.stdout.write(`\n/en${path}\n  ${scores.join(', ')}\n  ${shown.join(', ')}\n`);
    lacks.push(
      ...categories
        .slice(1)
        .flatMap((name) => lacking(report, name))
        .map((lack) => `/en${path}: ${lack}`),
    );
  }

  expect(lacks).toEqual([]);
}, 240_000);
