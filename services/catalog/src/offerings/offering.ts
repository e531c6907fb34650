import type { CreateOffering, OfferingView, PictureView } from '@guichet/contracts/offerings';
import type { Versioned } from '@guichet/mongo/versioned';

export type OfferingRefusal =
  | 'offering_not_found'
  | 'offering_invalid'
  | 'offering_not_published'
  | 'organiser_not_found';

/** A picture as its offering keeps it: without `alt` until somebody says what is in it. */
export type OfferingPicture = Omit<PictureView, 'alt'> & Partial<Pick<PictureView, 'alt'>>;

/** The document; `words` and `placeWords` are what `q` and `place` are looked up in. */
export type OfferingDocument = Versioned &
  CreateOffering & {
    organiserId: string;
    status: OfferingView['status'];
    /** Absent in what was written before there were pictures. */
    pictures?: readonly OfferingPicture[];
    words: readonly string[];
    placeWords: readonly string[];
  };

/** `newestTerms` is what an offering goes with that names no terms of its own. */
export const offeringView = (offering: OfferingDocument, newestTerms: string): OfferingView => ({
  id: offering._id,
  organiserId: offering.organiserId,
  status: offering.status,
  version: offering.version,
  ...offeringFields(offering),
  termsVersion: offering.termsVersion ?? newestTerms,
  pictures: picturesOf(offering).map((picture) => pictureView(offering, picture)),
});

export const picturesOf = ({
  pictures = [],
}: Pick<OfferingDocument, 'pictures'>): readonly OfferingPicture[] => pictures;

export const pictureView = (
  { title }: Pick<OfferingDocument, 'title'>,
  { id, alt, width, height, colour }: OfferingPicture,
): PictureView => ({ id, alt: alt ?? title, width, height, colour });

/** What an organiser writes, without what Guichet keeps beside it. */
export const offeringFields = (offering: CreateOffering): CreateOffering => ({
  kind: offering.kind,
  title: offering.title,
  description: offering.description,
  venue: offering.venue,
  currency: offering.currency,
  fares: offering.fares,
  options: offering.options,
  fees: offering.fees,
  tax: offering.tax,
  party: offering.party,
  // Documents from before names could be asked have no such field.
  asksNames: offering.asksNames ?? false,
  refundRules: offering.refundRules,
  termsVersion: offering.termsVersion,
});

/** Staff see their own in any state; everybody else sees what is published. */
export const maySee = (
  offering: Pick<OfferingDocument, 'organiserId' | 'status'>,
  organiserId: string | undefined,
): boolean => offering.status === 'published' || offering.organiserId === organiserId;
