import type { Appearance } from '@stripe/stripe-js';

/** The variables of Stripe's appearance that the style sheet knows. */
const known = [
  'colorPrimary',
  'colorBackground',
  'colorText',
  'colorTextPlaceholder',
  'colorDanger',
  'fontFamily',
  'fontSizeBase',
  'fontWeightNormal',
  'borderRadius',
] as const;

/**
 * Dresses the frame. `rules` and the other variables move Stripe's own form in ways that this one
 * does not have; they are taken and left.
 */
export const dress = ({ theme = 'stripe', variables = {} }: Appearance): void => {
  const { documentElement: root } = document;
  root.dataset.theme = theme;
  for (const name of known) {
    const value = variables[name];
    if (value === undefined) root.style.removeProperty(`--${name}`);
    else root.style.setProperty(`--${name}`, String(value));
  }
};
