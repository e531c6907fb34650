import type { Language } from '@guichet/contracts/shapes';

/** What a ticket shows, wherever it is shown: already in the reader's language. */
export type Ticket = {
  readonly title: string;
  readonly organiser: string;
  readonly reference: string;
  readonly when: string;
  readonly venue: string;
  readonly address: string;
  readonly places: number;
};
export type PricedLine = {
  readonly name: string;
  readonly quantity: number;
  readonly amount: string;
};

/** One for each attendee, by name; `attendee` is null for a pass that admits the whole party. */
export type PassPicture = {
  readonly contentId: string;
  /** What it is called among what is attached, for whoever reads without pictures. */
  readonly file: string;
  readonly attendee: string | null;
};

/** What each template is filled with. */
export type TemplateData = {
  booking_confirmed: {
    readonly firstName: string;
    readonly ticket: Ticket;
    readonly passes: readonly PassPicture[];
    readonly manageUrl: string;
  };
  receipt: {
    readonly firstName: string;
    readonly ticket: Ticket;
    readonly lines: readonly PricedLine[];
    readonly total: string;
    readonly tax: string;
  };
  booking_cancelled: {
    readonly firstName: string;
    readonly ticket: Ticket;
    /** What is paid back, `null` for nothing; absent where the booking cost nothing. */
    readonly refund?: string | null;
  };
  refund: { readonly firstName: string; readonly ticket: Ticket; readonly amount: string };
  late_payment: { readonly firstName: string; readonly ticket: Ticket; readonly amount: string };
  late_payment_cancelled: {
    readonly firstName: string;
    readonly ticket: Ticket;
    readonly amount: string;
  };
  password_reset: {
    readonly firstName: string;
    readonly url: string;
    readonly until: string;
  };
  token_reused: { readonly firstName: string };
  line_code: { readonly code: string; readonly until: string };
  waiting_list_joined: {
    readonly firstName: string;
    readonly title: string;
    readonly when: string;
    readonly places: number;
    readonly url: string;
  };
  places_offered: {
    readonly firstName: string;
    readonly ticket: Ticket;
    readonly total: string;
    readonly until: string;
    readonly url: string;
  };
};
export type TemplateName = keyof TemplateData;

export type Rendered = { readonly subject: string; readonly html: string; readonly text: string };

/** Fills a template in a language. */
export type Render = <T extends TemplateName>(
  template: T,
  language: Language,
  data: TemplateData[T],
) => Promise<Rendered>;
