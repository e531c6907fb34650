import type { CreateOffering } from '@guichet/contracts/offerings';

/**
 * The words of texts, as they are looked up: lower case, without accents, each once. The words are
 * kept beside the offering because neither text indexes nor collations are there on every server.
 */
export const wordsOf = (...texts: readonly (string | undefined)[]): string[] => [
  ...new Set(
    texts
      .join(' ')
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  ),
];

export const searchWords = ({
  title,
  description,
  venue,
}: Pick<CreateOffering, 'title' | 'description' | 'venue'>) => ({
  words: wordsOf(...Object.values(title), ...Object.values(description), venue.name),
  placeWords: wordsOf(venue.name, venue.address),
});
