import { randomInt } from 'node:crypto';
import { z } from 'zod';

const whole = z.coerce.number().int().min(1);

const settings = z.object({
  MINUTES: z.coerce.number().min(1).default(3),
  SEED: whole.max(0x7fff_ffff).optional(),
  /** As many as two cores answer while things go wrong. */
  BUYERS: whole.default(200),
  MODEL_RUNS: whole.default(20),
});

/** What `make prove` was told. Empty is not said: make passes variables on that nobody has set. */
export function readChoices(env: NodeJS.ProcessEnv) {
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { MINUTES, SEED, BUYERS, MODEL_RUNS } = settings.parse(said);
  return {
    minutes: MINUTES,
    seed: SEED ?? randomInt(1, 0x7fff_ffff),
    buyers: BUYERS,
    modelRuns: MODEL_RUNS,
  };
}
export type Choices = ReturnType<typeof readChoices>;
