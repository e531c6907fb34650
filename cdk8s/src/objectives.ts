import { catalogue } from '../catalogue.ts';

const keyOf = (name: string) => (name.includes('-') ? `'${name}'` : name);

/** What each service promises, for k6, whose scripts can import nothing of ours but a file. */
export function objectivesModule(): string {
  const lines = Object.entries(catalogue).map(
    ([
      name,
      {
        objectives: { availablePercent, latencyMs },
      },
    ]) => `  ${keyOf(name)}: { availablePercent: ${availablePercent}, latencyMs: ${latencyMs} },`,
  );
  return [
    '/** What the catalogue promises of each service; `make fix` writes it. */',
    'export const objectives = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}
