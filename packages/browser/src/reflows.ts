import type { Page } from 'playwright-core';

/** WCAG 1.4.10: what 1280 pixels are at 400 %. */
const narrow = { width: 320, height: 640 };

/** Runs in the page, which has nothing of this file but its argument. */
const collectWide = (width: number): string[] => {
  const scrolls = (element: Element) =>
    /auto|scroll/.test(getComputedStyle(element).overflowX) && element !== document.body;
  const isInScroller = (element: Element): boolean => {
    const parent = element.parentElement;
    if (!parent || parent === document.documentElement) return false;
    return scrolls(parent) || isInScroller(parent);
  };
  // Fractions of a pixel are rounded by the browser, and seen by nobody.
  const sticksOut = (element: Element) => element.getBoundingClientRect().right > width + 1;

  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      sticksOut(element) &&
      !isInScroller(element),
  );
  // The outermost would only say that something in it is wide.
  const innermost = wide.filter(
    (element) => !wide.some((other) => other !== element && element.contains(other)),
  );
  const found = innermost.map((element) => {
    const { right } = element.getBoundingClientRect();
    return `ends at ${Math.round(right)} px: ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 120)}`;
  });
  const { scrollWidth } = document.documentElement;
  return scrollWidth > width && found.length === 0
    ? [`The page is ${scrollWidth} px wide.`]
    : found;
};

/**
 * What does not fit into 320 CSS pixels, cut off or behind a horizontal scroll bar of the page
 * (WCAG 1.4.10). What scrolls in a box of its own, as a wide table does, may be wider.
 */
export const reflows = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize();
  await page.setViewportSize(narrow);
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  const found = await page.evaluate(collectWide, narrow.width);
  if (before) await page.setViewportSize(before);
  return found;
};
