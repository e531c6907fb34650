import type { Page } from 'playwright-core';

/** What can be pressed, in pixels of the whole document. */
export type Target = {
  html: string;
  left: number;
  top: number;
  width: number;
  height: number;
  /** It stands in a line of text, which decides its height. */
  inSentence: boolean;
  /** Whatever its box, a square of the least size around its middle belongs to it. */
  reachesOut: boolean;
};

/** WCAG 2.5.8: 24 by 24 CSS pixels. */
const least = 24;

/** Runs in the page, which has nothing of this file but its argument. */
const collectTargets = (leastSize: number): Target[] => {
  const selector = `a[href], area[href], button, input:not([type=hidden]), select, textarea, summary,
    [contenteditable]:not([contenteditable=false]), [tabindex]:not([tabindex^="-"]), [role=button], [role=link],
    [role=checkbox], [role=radio], [role=switch], [role=tab], [role=option], [role=menuitem], [role=slider]`;
  const modal = document.querySelector(':modal') ?? document;
  const elements = [...modal.querySelectorAll<HTMLElement>(selector)].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(':disabled, [aria-disabled=true]') &&
      !element.closest('[inert]'),
  );
  const labelsOf = (element: Element) => [...((element as HTMLInputElement).labels ?? [])];
  const presses = (element: Element) =>
    element.matches('[type=checkbox], [type=radio]') ? labelsOf(element) : [];

  const measure = (element: HTMLElement) => {
    const boxes = [element, ...presses(element)].map((part) => part.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const width = Math.max(...boxes.map((box) => box.right)) - left;
    const height = Math.max(...boxes.map((box) => box.bottom)) - top;
    return { left: left + scrollX, top: top + scrollY, width, height };
  };
  const isInSentence = (element: HTMLElement) => {
    if (!getComputedStyle(element).display.startsWith('inline')) return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display.startsWith('inline'))
      block = block.parentElement;
    const words = document.createTreeWalker(block ?? document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const { parentElement, textContent } = words.currentNode;
      if (textContent?.trim() && !parentElement?.closest(selector)) return true;
    }
    return false;
  };
  const reachesOut = (element: HTMLElement) => {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const far = leastSize / 2 - 0.5;
    return [-far, 0, far].every((right) =>
      [-far, 0, far].every((down) => {
        const hit = document.elementFromPoint(
          box.left + box.width / 2 + right,
          box.top + box.height / 2 + down,
        );
        return [element, ...presses(element)].some((part) => part.contains(hit));
      }),
    );
  };

  return elements
    .map((element) => ({ element, box: measure(element), inSentence: isInSentence(element) }))
    .map(({ element, box, inSentence }) => ({
      html: element.outerHTML.replace(/\s+/g, ' ').slice(0, 120),
      ...box,
      inSentence,
      reachesOut: box.width < leastSize || box.height < leastSize ? reachesOut(element) : true,
    }));
};

const middle = ({ left, top, width, height }: Target) => ({
  x: left + width / 2,
  y: top + height / 2,
});

const isSmall = ({ width, height, reachesOut }: Target): boolean =>
  !reachesOut && (width < least || height < least);

/** How far the middle of one is from the nearest point of the other. */
const distance = (from: Target, to: Target): number => {
  const { x, y } = middle(from);
  const nearestX = Math.min(Math.max(x, to.left), to.left + to.width);
  const nearestY = Math.min(Math.max(y, to.top), to.top + to.height);
  return Math.hypot(x - nearestX, y - nearestY);
};

/** A circle as wide as the least size, around a small target, touches no other target or circle. */
const isSpaced = (target: Target, others: readonly Target[]): boolean =>
  others.every((other) => {
    if (other === target) return true;
    const [here, there] = [middle(target), middle(other)];
    const circlesTouch = isSmall(other) && Math.hypot(here.x - there.x, here.y - there.y) < least;
    return !circlesTouch && distance(target, other) >= least / 2;
  });

export const tooSmall = (targets: readonly Target[]): string[] =>
  targets
    .filter((target) => isSmall(target) && !target.inSentence && !isSpaced(target, targets))
    .map(
      ({ html, width, height }) =>
        `${Math.round(width)} x ${Math.round(height)} px, and another target within ${least} px: ${html}`,
    );

/**
 * What can be pressed and is smaller than 24 by 24 CSS pixels with too little room around it
 * (WCAG 2.5.8). A link within a sentence may be; the label of a checkbox or radio button belongs to
 * it, and so does what its pseudo-elements add.
 */
export const targetSizes = async (page: Page): Promise<string[]> =>
  tooSmall(await page.evaluate(collectTargets, least));
