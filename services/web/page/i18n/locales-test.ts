import type { Language } from '@guichet/contracts/shapes';

const files = import.meta.glob<string>('./locales/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The file of a language, as it was written. */
export const fileOf = (language: Language): string => files[`./locales/${language}.json`] ?? '{}';

/** Its messages under their keys, `area.text`. */
export function messagesOf(language: Language): ReadonlyMap<string, string> {
  const areas = JSON.parse(fileOf(language)) as Record<string, Record<string, string>>;
  return new Map(
    Object.entries(areas).flatMap(([area, texts]) =>
      Object.entries(texts).map(([name, message]) => [`${area}.${name}`, message] as const),
    ),
  );
}
