import type { Page } from 'playwright-core';

/** Runs in the page. */
const sumShifts = async (): Promise<number> => {
  type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
  let sum = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const { value, hadRecentInput } of entries as Shift[]) if (!hadRecentInput) sum += value;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  // What was seen before comes with a task of its own, what is drawn now with the next frames.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await new Promise((later) => setTimeout(later, 100));
  add(observer.takeRecords());
  observer.disconnect();
  return sum;
};

/**
 * How far the page's parts have moved by themselves since it was opened, as the layout instability
 * API counts it: the sum of all shifts that did not follow an input. Less than 0.1 is good.
 */
export const layoutShift = (page: Page): Promise<number> => page.evaluate(sumShifts);
