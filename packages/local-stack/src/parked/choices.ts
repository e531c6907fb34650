import { CannotUseStack } from '../stack/stack-file.ts';

const acts = { SHOW: 'show', REPLAY: 'replay', DISCARD: 'discard' } as const;
const set = (text: string | undefined): text is string => Boolean(text?.trim());

/**
 * The words for the operator's program that `make parked` was told in variables: CONSUMER, LIMIT,
 * SHOW and REVEAL, REPLAY, DISCARD and REASON, BY.
 */
export const wordsOf = (env: NodeJS.ProcessEnv): string[] => {
  const asked = Object.entries(acts).filter(([name]) => set(env[name]));
  const [first, ...others] = asked;
  if (others.length > 0) {
    throw new CannotUseStack(`Choose one of ${asked.map(([name]) => name).join(' and ')}.`);
  }
  if (first && !set(env.CONSUMER)) {
    throw new CannotUseStack('Whose? Say CONSUMER=…; `make parked` lists them.');
  }
  const [name = '', action = 'list'] = first ?? [];
  const given = (variable: string) => (set(env[variable]) ? [env[variable]] : []);
  const option = (variable: string, word: string) =>
    set(env[variable]) ? [`${word}=${env[variable]}`] : [];
  return [
    action,
    ...given('CONSUMER'),
    ...given(name),
    ...option('LIMIT', '--limit'),
    ...(env.REVEAL === '1' ? ['--reveal'] : []),
    ...option('REASON', '--reason'),
    ...option('BY', '--by'),
  ];
};
