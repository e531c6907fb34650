import { type Language, languages } from '@guichet/contracts/shapes';
import type { Embed } from './embed.ts';
import { escapeHtml, scriptJson } from './escape.ts';

/** What one page says of itself, before any script has run. */
export type Head = {
  readonly title: string;
  readonly description: string;
  /** The path after the language, `/offerings/…`; a page that is one person's has none. */
  readonly canonicalPath?: string;
  /** Whether the address with `.md` and `.ics` at its end is there too. */
  readonly readable?: boolean;
  readonly picture?: string;
  /** schema.org, as JSON-LD. */
  readonly structured?: object;
};

/** Answers that the page would otherwise ask for first: its own keys of the API's reads. */
export type Seed = readonly { readonly key: readonly unknown[]; readonly data: unknown }[];

const meta = (name: string, content: string) =>
  `<meta ${name.startsWith('og:') ? 'property' : 'name'}="${name}" content="${escapeHtml(content)}">`;

function headTags(language: Language, publicUrl: string, head: Head): string[] {
  const { title, description, canonicalPath, readable, picture, structured } = head;
  const address = (tongue: Language) => `${publicUrl}/${tongue}${canonicalPath ?? ''}`;
  const link = (rel: string, href: string, more = '') =>
    `<link rel="${rel}"${more} href="${escapeHtml(href)}">`;
  return [
    `<title>${escapeHtml(title)}</title>`,
    meta('description', description),
    meta('og:title', title),
    meta('og:description', description),
    meta('og:type', 'website'),
    meta('og:locale', language),
    ...(picture ? [meta('og:image', picture), meta('twitter:card', 'summary_large_image')] : []),
    ...(canonicalPath === undefined
      ? [meta('robots', 'noindex')]
      : [
          link('canonical', address(language)),
          ...(readable
            ? [
                link('alternate', `${address(language)}.md`, ' type="text/markdown"'),
                link('alternate', `${address(language)}.ics`, ' type="text/calendar"'),
              ]
            : []),
          ...languages.map((tongue) => link('alternate', address(tongue), ` hreflang="${tongue}"`)),
        ]),
    ...(structured
      ? [`<script type="application/ld+json">${scriptJson(structured)}</script>`]
      : []),
  ];
}

/** The built page with its language, its head, and what its scripts need to begin. */
export function createDocument({
  template,
  publicUrl,
  start,
}: {
  template: string;
  publicUrl: string;
  /** What every page is told: no secret, since everybody reads it. */
  start: object;
}) {
  return (language: Language, head: Head, seed: Seed = [], embed?: Embed): string =>
    template
      .replace(
        '<html lang="en">',
        `<html lang="${language}"${embed ? ` data-embed="${embed}"` : ''}>`,
      )
      .replace('<!--head-->', () => headTags(language, publicUrl, head).join('\n    '))
      .replace(
        '<!--start-->',
        () =>
          `<script type="application/json" id="start">${scriptJson({ ...start, seed })}</script>`,
      );
}
export type Document = ReturnType<typeof createDocument>;
