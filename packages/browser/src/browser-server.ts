import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findChromium } from './find-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run's browser listens; a file of tests connects to it. */
    browser: { endpoint: string };
  }
}

/**
 * No name but this machine's own is looked up, so that what a page asks of anybody else fails here
 * as it would where there is no network, and no test depends on it.
 */
const thisMachineOnly =
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1';

/**
 * One browser for a whole run of vitest; each test has a context of its own in it.
 *
 * @public vitest calls it, by the name of this file
 */
export default async function startBrowser(project: TestProject) {
  const server = await chromium.launchServer({
    executablePath: findChromium(process.env.CHROMIUM),
    // Chromium refuses its sandbox to root, as whom containers run their tests.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [thisMachineOnly, '--no-proxy-server'],
  });
  project.provide('browser', { endpoint: server.wsEndpoint() });
  return () => server.close();
}
