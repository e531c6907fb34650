import { inLanguage, type Language } from '@guichet/contracts/shapes';
import type { Head, Seed } from './html/document.ts';
import { eventOf } from './html/structured.ts';
import { words } from './html/words.ts';
import type { Shop } from './shop/shop.ts';

/** A page’s head and what its first look needs, with the status that it is answered with. */
export type Page = { readonly status: number; readonly head: Head; readonly seed?: Seed };
type Params = Readonly<Record<string, string>>;
type Make = (context: {
  shop: Shop;
  language: Language;
  params: Params;
  publicUrl: string;
}) => Promise<Page>;

const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const shortened = (text: string) => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

const home: Make = async ({ shop, language }) => {
  const offerings = await shop.offerings();
  const { title, description } = words[language];
  return {
    status: 200,
    head: { title, description, canonicalPath: '' },
    seed: [{ key: ['offerings', {}], data: offerings }],
  };
};

const organiser: Make = async ({ shop, language, params: { organiserId = '' } }) => {
  const found = await shop.organiser(organiserId);
  if (!found) return missing(language);
  const offerings = await shop.offerings(organiserId);
  return {
    status: 200,
    head: {
      title: found.name,
      description: words[language].of(found.name),
      canonicalPath: `/organisers/${organiserId}`,
    },
    seed: [
      { key: ['organiser', organiserId], data: found },
      { key: ['offerings', { organiserId }], data: offerings },
    ],
  };
};

const offering: Make = async ({ shop, language, params: { offeringId = '' }, publicUrl }) => {
  const [found, slots] = await Promise.all([
    shop.offering(offeringId),
    shop.slots(offeringId).catch(() => undefined),
  ]);
  if (!found) return missing(language);
  const seller = await shop.organiser(found.organiserId);
  const canonicalPath = `/offerings/${offeringId}`;
  const [cover] = found.pictures;
  return {
    status: 200,
    head: {
      title: `${inLanguage(found.title, language)} · ${seller?.name ?? 'Guichet'}`,
      description: shortened(inLanguage(found.description, language)),
      canonicalPath,
      readable: true,
      ...(cover && { picture: `${publicUrl}/api/pictures/${cover.id}/1200.jpg` }),
      structured: eventOf({
        offering: found,
        organiser: seller,
        slots: slots?.items ?? [],
        language,
        url: `${publicUrl}/${language}${canonicalPath}`,
      }),
    },
    seed: [
      { key: ['offering', offeringId], data: found },
      ...(seller ? [{ key: ['organiser', found.organiserId], data: seller }] : []),
      ...(slots ? [{ key: ['availability', offeringId], data: slots }] : []),
    ],
  };
};

/** One person’s own: nothing of it is known here, and nobody is to find it. */
const own: Make = async ({ language }) => ({
  status: 200,
  head: { title: words[language].own, description: words[language].description },
});

function missing(language: Language): Page {
  const { missing: title, description } = words[language];
  return { status: 404, head: { title, description } };
}

/** The same for a frame in another site; whoever searches finds the page itself. */
const framed =
  (make: Make): Make =>
  async (context) => {
    const { status, head, seed = [] } = await make(context);
    const { title, description } = head;
    return { status, head: { title, description }, seed };
  };

const table: readonly (readonly [RegExp, Make])[] = [
  [/^$/, home],
  [new RegExp(`^/organisers/(?<organiserId>${id})$`), organiser],
  [new RegExp(`^/organisers/${id}/pages/[a-z][a-z0-9_-]*$`), own],
  [new RegExp(`^/offerings/(?<offeringId>${id})$`), offering],
  [new RegExp(`^/(?:checkout|bookings|waiting-list)/${id}$`), own],
  [new RegExp(`^/embed/organisers/(?<organiserId>${id})$`), framed(organiser)],
  [new RegExp(`^/embed/offerings/(?<offeringId>${id})$`), framed(offering)],
  [new RegExp(`^/embed/(?:checkout|bookings)/${id}$`), own],
  [/^\/(?:bookings|sign-in|register|password-reset|account)$/, own],
];

/** Finds the page of a path, without its language; what is nowhere is a page that says so. */
export function createPages({ shop, publicUrl }: { shop: Shop; publicUrl: string }) {
  return async (language: Language, path: string): Promise<Page> => {
    for (const [pattern, make] of table) {
      const match = pattern.exec(path);
      if (match) return make({ shop, language, params: match.groups ?? {}, publicUrl });
    }
    return missing(language);
  };
}
export type Pages = ReturnType<typeof createPages>;
