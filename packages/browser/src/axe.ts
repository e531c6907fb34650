import axeCore from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const rules = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  },
  // Off by default, as everything that came with WCAG 2.2.
  rules: { 'target-size': { enabled: true } },
  // Each frame is looked at in its own right, since those of another origin answer no other.
  iframes: false,
} satisfies axeCore.RunOptions;

const isShown = async (frame: Frame): Promise<boolean> => {
  if (!frame.parentFrame()) return true;
  const element = await frame.frameElement();
  return element.isVisible();
};

/** What is wrong, where it is, and how to mend it. */
const sentence = ({ id, impact, help, helpUrl, nodes }: axeCore.Result, at: string): string =>
  [
    `${id} (${impact}): ${help}, ${at}`,
    ...nodes.map(({ html, failureSummary = '' }) =>
      [`  ${html}`, ...failureSummary.split('\n').map((line) => `    ${line.trim()}`)].join('\n'),
    ),
    `  ${helpUrl}`,
  ].join('\n');

/** What shows through a frame that paints no ground of its own; axe would take it for white. */
const groundBehind = async (frame: Frame): Promise<string> => {
  const element = await frame.frameElement();
  return element.evaluate((start) => {
    let behind: Element | null = start as Element;
    while (behind) {
      const { backgroundColor } = getComputedStyle(behind);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
      const root: Node = behind.getRootNode();
      behind = behind.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    }
    return 'white';
  });
};

/** Puts that ground into the frame for as long as `look` looks. */
const overItsGround = async <T>(frame: Frame, look: () => Promise<T>): Promise<T> => {
  if (!frame.parentFrame()) return look();
  const paint = (ground: string) => {
    const { documentElement: root, body } = document;
    const painted = [root, body].some(
      (part) => getComputedStyle(part).backgroundColor !== 'rgba(0, 0, 0, 0)',
    );
    if (!painted) root.style.backgroundColor = ground;
    return painted;
  };
  const painted = await frame.evaluate(paint, await groundBehind(frame));
  const seen = await look();
  if (!painted)
    await frame.evaluate(() => document.documentElement.style.removeProperty('background-color'));
  return seen;
};

/**
 * Where the page and its visible frames break WCAG 2.2 at AA as far as axe-core sees it: one text
 * for each rule and frame, none for a page that keeps them all.
 */
export const axe = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const frame of page.frames()) {
    if (!(await isShown(frame))) continue;
    await frame.evaluate(axeCore.source);
    const { violations } = await overItsGround(frame, () =>
      frame.evaluate(
        (options) => (window as unknown as { axe: typeof axeCore }).axe.run(document, options),
        rules,
      ),
    );
    found.push(...violations.map((violation) => sentence(violation, frame.url())));
  }
  return found;
};
