import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Request } from 'playwright-core';

const originOf = (url: string): string => new URL(url).origin;

/** What a page makes up itself (`data:`, `blob:`) is asked of nobody. */
const isAsked = (url: string): boolean => /^(https?|wss?):/.test(url);

/** A page that leaves, or changes its mind, ends what it asked for: that is no failure. */
const isEndedByPage = (request: Request): boolean =>
  request.failure()?.errorText === 'net::ERR_ABORTED';

/**
 * The machine has got another network, as when a container starts on it: whatever was under way
 * ends, and no page is to blame for that.
 */
const isOfMachine = (text: string): boolean => text.includes('net::ERR_NETWORK_CHANGED');

/**
 * What goes wrong in a context's pages, frames and workers, as sentences, for as long as it lives:
 * errors on the console, uncaught ones, requests that fail, and requests to other origins than
 * these.
 */
export const listenForComplaints = (
  context: BrowserContext,
  origins: readonly string[],
): readonly string[] => {
  const complaints: string[] = [];
  const allowed = new Set(origins.map(originOf));

  context.on('console', (message) => {
    if (message.type() !== 'error' || isOfMachine(message.text())) return;
    complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => {
    complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`);
  });
  context.on('requestfailed', (request) => {
    if (isEndedByPage(request) || isOfMachine(request.failure()?.errorText ?? '')) return;
    complaints.push(
      `failed: ${request.method()} ${request.url()}: ${request.failure()?.errorText}`,
    );
  });
  context.on('request', (request) => {
    if (!isAsked(request.url()) || allowed.has(originOf(request.url()))) return;
    complaints.push(`elsewhere: ${request.method()} ${request.url()}`);
  });
  return complaints;
};

const unmetOf = (complaints: readonly string[], expected: readonly RegExp[]): RegExp[] =>
  expected.filter((pattern) => !complaints.some((text) => pattern.test(text)));

/** A browser speaks of what went wrong a moment after it did: waits for what is expected, not long. */
export async function untilComplained(
  complaints: () => readonly string[],
  expected: readonly RegExp[],
  patienceMs = 5_000,
): Promise<void> {
  const until = Date.now() + patienceMs;
  while (unmetOf(complaints(), expected).length > 0 && Date.now() < until) await sleep(20);
}

/** Throws for complaints that nobody expected, and for expectations that nothing met. */
export const refuseComplaints = (
  complaints: readonly string[],
  expected: readonly RegExp[],
): void => {
  const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
  if (unexpected.length > 0) {
    throw new Error(
      `The page complained, which the test does not expect:\n${unexpected.join('\n')}`,
    );
  }
  const unmet = unmetOf(complaints, expected);
  if (unmet.length > 0) {
    throw new Error(`The test expects complaints that the page never made: ${unmet.join(', ')}`);
  }
};
