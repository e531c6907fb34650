import type { OfferingView } from '@guichet/contracts/offerings';
import { inLanguage, type Language, languages } from '@guichet/contracts/shapes';

/** What a program that reads finds here (llmstxt.org). */
export function llmsTxt(offerings: readonly OfferingView[], publicUrl: string): string {
  return [
    '# Guichet',
    '',
    '> Places at events, on boat rides and on courses: what is on, what is left, and how to book.',
    '',
    `Every offering has a page in ${languages.join(', ')}; the same address with \`.md\` at its end is text, with \`.ics\` its dates. The API is described at ${publicUrl}/api/openapi.json.`,
    '',
    '## Offerings',
    ...offerings.map(
      ({ id, title, kind }) =>
        `- [${inLanguage(title, 'en')}](${publicUrl}/en/offerings/${id}.md): ${kind}`,
    ),
    '',
  ].join('\n');
}

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Every page that is everybody’s, in each language (sitemaps.org, with Google’s alternates). */
export function sitemap(
  offerings: readonly OfferingView[],
  organisers: readonly { readonly id: string }[],
  publicUrl: string,
): string {
  const paths = [
    '',
    ...organisers.map(({ id }) => `/organisers/${id}`),
    ...offerings.map(({ id }) => `/offerings/${id}`),
  ];
  const address = (language: Language, path: string) =>
    escapeXml(`${publicUrl}/${language}${path}`);
  const alternates = (path: string) =>
    languages
      .map(
        (language) =>
          `<xhtml:link rel="alternate" hreflang="${language}" href="${address(language, path)}"/>`,
      )
      .join('');
  const urls = paths.flatMap((path) =>
    languages.map(
      (language) => `<url><loc>${address(language, path)}</loc>${alternates(path)}</url>`,
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`;
}

/** One person’s own pages are nobody else’s to find; everything else may be read. */
export const robotsTxt = (publicUrl: string): string =>
  [
    'User-agent: *',
    ...languages.flatMap((language) => [
      `Disallow: /${language}/checkout/`,
      `Disallow: /${language}/bookings`,
      `Disallow: /${language}/waiting-list/`,
    ]),
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ].join('\n');
