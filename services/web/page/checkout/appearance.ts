import type { Appearance } from '@stripe/stripe-js';

const dark = () => matchMedia('(prefers-color-scheme: dark)');

/** A colour of the page as the provider takes it, whatever it is made of in the style sheet. */
function colourOf(place: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${token})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The page’s own look for a form of another origin, which sees none of its styles. */
export const appearanceAt = (place: HTMLElement): Appearance => ({
  theme: dark().matches ? 'night' : 'flat',
  variables: {
    fontFamily: 'system-ui',
    borderRadius: '8px',
    colorPrimary: colourOf(place, 'ink'),
    colorText: colourOf(place, 'ink'),
    colorTextPlaceholder: colourOf(place, 'quiet'),
    colorBackground: colourOf(place, 'sheet'),
    colorDanger: colourOf(place, 'stop'),
  },
});

/** Calls back when the page goes from light to dark or back; answers how to be left alone. */
export function whenLightChanges(call: () => void): () => void {
  const query = dark();
  query.addEventListener('change', call);
  return () => query.removeEventListener('change', call);
}
