/** What an offering needs to know of its organiser. */
export type Seller = {
  _id: string;
  name: string;
  contactEmail: string;
  currency: string;
  /** What its offerings go with that name no terms of their own. */
  newestTerms: string;
};

/** Refuses with `organiser_not_found`. */
export type FindSeller = (organiserId: string) => Promise<Seller>;
