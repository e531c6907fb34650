import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

type Texts = Record<string, Record<string, string>>;

/** The page's texts, parsed when they are built: a mistake in one ends the build with its key. */
export function parseTexts(json: string): Record<string, Record<string, CompiledMessage>> {
  const areas = Object.entries(JSON.parse(json) as Texts);
  return Object.fromEntries(
    areas.map(([area, texts]) => [
      area,
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => {
          try {
            return [name, compileMessageOrThrow(text)];
          } catch (cause) {
            throw new Error(`${area}.${name} is no ICU message: ${text}`, { cause });
          }
        }),
      ),
    ]),
  );
}

export const parsedTexts = (): Plugin => ({
  name: 'guichet-texts',
  enforce: 'pre',
  transform: {
    filter: { id: /\/i18n\/locales\/\w+\.json$/ },
    handler: (json) => ({ code: JSON.stringify(parseTexts(json)), moduleType: 'json' }),
  },
});
