import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

type Focused = {
  html: string;
  /** Some part of it is what a pointer would meet there. */
  shown: boolean;
  seenBefore: boolean;
  sameAsBefore: boolean;
  /** Of another document, whose own stops are not seen from here. */
  isFrame: boolean;
  /** A date or a time, whose day, month and year are stops of their own in one element. */
  hasParts: boolean;
};

/** A page of more stops than this has lost the keyboard user long before. */
const mostStops = 500;

/** Run in the page, which has nothing of this file but what they are given. */
const startAtTop = (): void => {
  (document.activeElement as HTMLElement | null)?.blur();
  document.getSelection()?.setPosition(document.body, 0);
  Object.assign(window, { guichetStops: [] });
};

const lookAtFocus = (): Focused | undefined => {
  const stops = (window as unknown as { guichetStops: Element[] }).guichetStops;
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) {
    return undefined;
  }
  const labels = [...((element as HTMLInputElement).labels ?? [])];
  const parts = [element, ...labels];
  const pointsOf = (box: DOMRect) =>
    [0.02, 0.25, 0.5, 0.75, 0.98].flatMap((right) =>
      [0.02, 0.25, 0.5, 0.75, 0.98].map(
        (down) => [box.left + box.width * right, box.top + box.height * down] as const,
      ),
    );
  const points = parts.flatMap((part) => [...part.getClientRects()].flatMap(pointsOf));
  const shown = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return parts.some((part) => part.contains(hit));
  });
  const focused = {
    html: element.outerHTML.replace(/\s+/g, ' ').slice(0, 120),
    shown,
    seenBefore: stops.includes(element),
    sameAsBefore: stops.at(-1) === element,
    isFrame: element instanceof HTMLIFrameElement,
    hasParts:
      element instanceof HTMLInputElement &&
      ['date', 'time', 'datetime-local', 'month', 'week'].includes(element.type),
  };
  if (!focused.sameAsBefore) stops.push(element);
  return focused;
};

/** A frame's own process says a moment later that the focus has left it. */
const frameSettlesMs = 60;

const settledFocus = async (page: Page): Promise<Focused | undefined> => {
  const focused = await page.evaluate(lookAtFocus);
  if (!focused?.sameAsBefore || !focused.isFrame) return focused;
  await sleep(frameSettlesMs);
  return page.evaluate(lookAtFocus);
};

/**
 * Where the focus goes by the Tab key and cannot be seen, because something lies over it or it is
 * nowhere (WCAG 2.4.11), or does not go on from (2.1.2). What lies over it without taking the
 * pointer is not noticed.
 */
export const focusNotObscured = async (page: Page): Promise<string[]> => {
  const findings: string[] = [];
  await page.evaluate(startAtTop);
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press('Tab');
    const focused = await settledFocus(page);
    if (!focused) return findings;
    const { html, shown, seenBefore, sameAsBefore, isFrame, hasParts } = focused;
    if (sameAsBefore && (isFrame || hasParts)) continue;
    if (sameAsBefore) return [...findings, `keeps the focus: ${html}`];
    if (seenBefore) return findings;
    if (!shown) findings.push(`has the focus and is not seen: ${html}`);
  }
  return [...findings, `After ${mostStops} stops the focus still has not come round.`];
};
