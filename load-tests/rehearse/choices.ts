import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { mostPeople } from './people/person.ts';

const whole = z.coerce.number().int().min(1);

const settings = z.object({
  PEOPLE: whole.min(200).max(mostPeople).optional(),
  PLACES: whole.min(10).max(10_000).optional(),
  SEED: whole.max(0x7fff_ffff).optional(),
  /** A tenth of the people, for where time is short. */
  SHORT: z.string().optional(),
});

/** What `make rehearse` was told. Empty is not said: make passes variables on that nobody has set. */
export function readChoices(env: NodeJS.ProcessEnv) {
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { PEOPLE, PLACES, SEED, SHORT } = settings.parse(said);
  return {
    people: PEOPLE ?? (SHORT ? 2_000 : 20_000),
    places: PLACES ?? (SHORT ? 60 : 500),
    isShort: SHORT !== undefined || PEOPLE !== undefined || PLACES !== undefined,
    seed: SEED ?? randomInt(1, 0x7fff_ffff),
  };
}
export type Choices = ReturnType<typeof readChoices>;
