import type { Appearance, StripePaymentElementOptions } from '@stripe/stripe-js';
import type { Language } from './words.ts';

/** What a page tells the frame of its element. */
export type FrameSettings = {
  key: string;
  clientSecret: string;
  language: Language;
  appearance: Appearance;
};
export type FrameStart = FrameSettings & { options: StripePaymentElementOptions };
