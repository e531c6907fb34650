import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { test as base } from 'vitest';
import { listenForComplaints, refuseComplaints, untilComplained } from './complaints.ts';
import { findChromium } from './find-chromium.ts';

/** What a test says of pages needs no more of the driver than its types. */
export type { Frame, Locator, Page } from 'playwright-core';

const screens = {
  phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>;

/** What a page does not do in so long on a busy machine, it does not do. */
const longestWaitMs = 20_000;

/** How a page is looked at, and what it may do. */
export type Look = {
  /** Whom the page may ask; a request to anybody else fails the test. */
  origins: readonly string[];
  screen?: keyof typeof screens;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  /** The browser's language, as `fr` or `de-AT`. */
  language?: string;
  /** Whether scripts run; a page may have to say something without them. */
  javaScript?: boolean;
};

type Fixtures = {
  browser: Browser;
  /** Opens a page in a context of its own, which ends with the test. */
  openPage(look: Look): Promise<Page>;
  /** Says what the test's pages will complain of; whatever else they complain of fails it. */
  expectComplaint(pattern: RegExp): void;
  expected: RegExp[];
};

const contextOptions = (look: Look): BrowserContextOptions => ({
  ...screens[look.screen ?? 'desktop'],
  colorScheme: look.colorScheme ?? 'light',
  reducedMotion: look.reducedMotion ?? 'no-preference',
  locale: look.language ?? 'en',
  javaScriptEnabled: look.javaScript ?? true,
  // A machine's own zone would make a test of times pass here and fail there.
  timezoneId: 'Europe/Paris',
});

/**
 * No name but this machine's own is looked up, so that what a page asks of anybody else fails here
 * as it would where there is no network, and no test depends on it.
 */
const thisMachineOnly =
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1';

const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(process.env.CHROMIUM),
    // Chromium refuses its sandbox to root, as whom containers run their tests.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [thisMachineOnly, '--no-proxy-server'],
  });

/**
 * `test` with a browser, one for a file of tests: files that run side by side would take the
 * keyboard's focus from each other in one that they share.
 */
export const test = base.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from it
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from it
  expected: async ({}, use) => use([]),
  expectComplaint: async ({ expected }, use) => use((pattern) => void expected.push(pattern)),
  openPage: async ({ browser, expected }, use) => {
    const opened: { close(): Promise<void>; complaints: readonly string[] }[] = [];
    await use(async (look) => {
      const context = await browser.newContext(contextOptions(look));
      context.setDefaultTimeout(longestWaitMs);
      const complaints = listenForComplaints(context, look.origins);
      opened.push({ close: () => context.close(), complaints });
      return context.newPage();
    });
    const complaintsOf = () => opened.flatMap(({ complaints }) => complaints);
    await untilComplained(complaintsOf, expected);
    await Promise.all(opened.map(({ close }) => close()));
    refuseComplaints(complaintsOf(), expected);
  },
});
