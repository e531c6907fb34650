import type { Language } from '@guichet/contracts/shapes';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { it } from './words/it.ts';

type Late = {
  readonly subject: (title: string) => string;
  readonly lead: (amount: string) => string;
};

/** Every word of the e-mails. A key that a language lacks does not compile. */
export type Texts = {
  readonly greeting: (firstName: string) => string;
  readonly reference: string;
  readonly when: string;
  readonly where: string;
  readonly places: string;
  readonly total: string;
  readonly ofWhichTax: string;
  readonly showPass: string;
  readonly showPasses: string;
  readonly manage: string;
  readonly fee: string;
  readonly confirmed: { readonly subject: (title: string) => string; readonly lead: string };
  readonly receipt: { readonly subject: (reference: string) => string; readonly lead: string };
  readonly cancelled: {
    readonly subject: (title: string) => string;
    readonly lead: string;
    readonly refund: (amount: string) => string;
    readonly noRefund: string;
  };
  readonly refunded: {
    readonly subject: (amount: string) => string;
    readonly lead: (amount: string) => string;
  };
  /** Money for places that somebody else has by now. */
  readonly late: Late;
  /** Money for a booking that its owner had cancelled. */
  readonly lateCancelled: Late;
  readonly reset: {
    readonly subject: string;
    readonly lead: string;
    readonly button: string;
    readonly until: (time: string) => string;
    readonly ignore: string;
  };
  readonly reused: { readonly subject: string; readonly lead: string; readonly advice: string };
  readonly lineCode: {
    readonly subject: (code: string) => string;
    readonly lead: string;
    readonly until: (time: string) => string;
    readonly ignore: string;
  };
  readonly waiting: {
    readonly subject: (title: string) => string;
    readonly lead: string;
    readonly hint: string;
    readonly button: string;
  };
  readonly offered: {
    readonly subject: (title: string) => string;
    readonly lead: (until: string) => string;
    readonly button: string;
    readonly ignore: string;
  };
};

export const textsIn: Readonly<Record<Language, Texts>> = { fr, en, de, es, it };
