type Start = {
  /** Where the payment form comes from. */
  readonly stripeJsUrl: string;
  /** Answers that the server has read already, by the keys of our queries. */
  readonly seed: readonly { readonly key: readonly unknown[]; readonly data: unknown }[];
};

/** What the server wrote into the document. */
export const start = JSON.parse(document.getElementById('start')?.textContent ?? '') as Start;
