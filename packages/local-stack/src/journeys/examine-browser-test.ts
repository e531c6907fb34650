import { axe } from '@guichet/browser/axe';
import type { Page } from '@guichet/browser/browser-test';
import { focusNotObscured } from '@guichet/browser/focus-not-obscured';
import { reflows } from '@guichet/browser/reflows';
import { targetSizes } from '@guichet/browser/target-sizes';

const phone = { width: 360, height: 780 };
const desktop = { width: 1440, height: 900 };
/** What a screen of 1280 by 720 pixels shows at 200 % (WCAG 1.4.4). */
const zoomed = { width: 640, height: 360 };

/** Until what was asked for is there and drawn, pictures and frames too, and nothing moves on. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelectorAll('.animate-pulse').length === 0 &&
      [...document.images].every((image) => image.loading === 'lazy' || image.complete),
  );
  // A change of colours reaches links and frames some frames after the page, and fades in.
  await page.evaluate(async () => {
    await new Promise((later) => setTimeout(later, 100));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** What moves although its visitor has asked for nothing to move. */
const movements = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) > 1)
      .map(({ effect }) => `moves: ${(effect as KeyframeEffect).target?.outerHTML.slice(0, 120)}`),
  );

/** What does not fit beside itself, so that one would have to scroll to and fro. */
const wider = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`is ${scrollWidth} px wide in ${clientWidth} px`] : [];
  });

/**
 * A page as it stands, held to all that can be measured: axe on a phone and at a desk, light and
 * dark; sizes of targets; 320 pixels; at 200 %, where the focus goes; and that nothing moves.
 * Answers what was found, each with the name of the page.
 */
export async function examine(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  const note = (where: string, findings: string[]) =>
    void found.push(...findings.map((finding) => `${name}, ${where}: ${finding}`));

  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      note(`${size} ${colorScheme}`, await axe(page));
    }
    note(size, await targetSizes(page));
  }
  note('320 px', await reflows(page));
  await page.setViewportSize(zoomed);
  note('at 200 %', [...(await wider(page)), ...(await focusNotObscured(page))]);
  note('still', await movements(page));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(phone);
  return found;
}
