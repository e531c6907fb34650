export type Mode = 'inline' | 'popup' | 'button';

/** What an element asks for, as its attributes say it and the page around it. */
export type Asked = {
  readonly mode: Mode;
  readonly language: Language;
  readonly accent: string | undefined;
  readonly scheme: 'light' | 'dark';
  /** Where the frame begins, without an origin. */
  readonly address: string;
};
const languages = ['fr', 'en', 'de', 'es', 'it'] as const;
export type Language = (typeof languages)[number];

const modes: readonly string[] = ['inline', 'popup', 'button'];
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An attribute that cannot be meant so: said on the console, to whoever builds the page. */
export class BadAttribute extends Error {}

const languageOf = (text: string | null | undefined): Language | undefined =>
  languages.find((one) => one === text?.slice(0, 2).toLowerCase());

/** `#0a6` and `#00aa66` are one colour; nothing else is taken for one. */
function colourOf(text: string): string {
  const long = text.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
  if (/^#[0-9a-f]{6}$/i.test(long)) return long.toLowerCase();
  throw new BadAttribute(`accent="${text}" is no colour: write it as #0a6 or #00aa66.`);
}

/** A frame is seen through where its scheme is that of the page behind it. */
function schemeOf(element: HTMLElement): 'light' | 'dark' {
  const asked = element.getAttribute('scheme');
  if (asked === 'light' || asked === 'dark') return asked;
  const { colorScheme } = getComputedStyle(element);
  const meta = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content;
  const behind = colorScheme === 'normal' ? (meta ?? '') : colorScheme;
  if (!behind.includes('dark')) return 'light';
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  return prefersDark || !behind.includes('light') ? 'dark' : 'light';
}

/** Reads the attributes of `<guichet-offering>` or `<guichet-organiser>`, `kind` being the latter word. */
export function readAttributes(element: HTMLElement, kind: 'offering' | 'organiser'): Asked {
  const given = (name: string) => element.getAttribute(name)?.trim() || undefined;
  const whose = given(kind) ?? '';
  if (!id.test(whose)) {
    throw new BadAttribute(`${kind}="${whose}" is no id: copy it from the address of its page.`);
  }
  const mode = given('mode') ?? 'inline';
  if (!modes.includes(mode)) {
    throw new BadAttribute(`mode="${mode}" is none: it is inline, popup or button.`);
  }
  const asked = given('language');
  const language = languageOf(asked ?? element.closest<HTMLElement>('[lang]')?.lang);
  if (asked && !language) {
    throw new BadAttribute(`language="${asked}" is not spoken: it is ${languages.join(', ')}.`);
  }
  const colour = given('accent');
  const accent = colour === undefined ? undefined : colourOf(colour);
  const scheme = schemeOf(element);
  const query = `scheme=${scheme}${accent ? `&accent=${accent.slice(1)}` : ''}`;
  return {
    mode: mode as Mode,
    language: language ?? 'en',
    accent,
    scheme,
    address: `/${language ?? 'en'}/embed/${kind}s/${whose}?${query}`,
  };
}

/** Black or white, whichever is read on the colour (WCAG 2.2, relative luminance). */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= 4.5 ? '#fff' : '#000';
}
