import { partySchema } from '@guichet/contracts/quotes';
import { codeSchema, type Language, languageSchema } from '@guichet/contracts/shapes';
import { CannotBuy } from './read-stack.ts';

export type Choices = {
  /** An id, or a word of the title; the first that can be booked when missing. */
  offering: string | undefined;
  party: Record<string, number> | undefined;
  options: { code: string; quantity: number }[];
  /** A test card's number, or `pm_card_…`. */
  card: string;
  /** Whether the card was named: then a decline is what was asked for. */
  cardNamed: boolean;
  language: Language;
};

const defaultCard = '4242424242424242';

/** Reads `adult:2,baby:1`. */
export const parseCounts = (setting: string, text: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [code = '', quantity = '1'] = entry.split(':');
    if (!codeSchema.safeParse(code).success || !/^\d{1,4}$/.test(quantity)) {
      throw new CannotBuy(
        `${setting}=${text} is not understood at "${entry}". Write ${setting}=adult:2,baby:1.`,
      );
    }
    counts[code] = (counts[code] ?? 0) + Number(quantity);
  }
  return counts;
};

/** Many desktops set LANGUAGE themselves, to a list such as `en_GB:en`: that is not our setting. */
const parseLanguage = (text: string): Language => {
  if (!/^[a-z]{2}$/i.test(text)) return 'en';
  const parsed = languageSchema.safeParse(text.toLowerCase());
  if (parsed.success) return parsed.data;
  throw new CannotBuy(
    `LANGUAGE=${text} is not spoken here. Choose one of ${languageSchema.options.join(', ')}.`,
  );
};

/** What `make buy` was told: OFFERING, PARTY, OPTIONS, CARD, LANGUAGE. */
export const readChoices = (env: NodeJS.ProcessEnv): Choices => {
  const options = parseCounts('OPTIONS', env.OPTIONS ?? '');
  return {
    offering: env.OFFERING?.trim() || undefined,
    party: env.PARTY ? partySchema.parse(parseCounts('PARTY', env.PARTY)) : undefined,
    options: Object.entries(options).map(([code, quantity]) => ({ code, quantity })),
    card: env.CARD?.trim() || defaultCard,
    cardNamed: Boolean(env.CARD?.trim()),
    language: parseLanguage(env.LANGUAGE ?? ''),
  };
};
