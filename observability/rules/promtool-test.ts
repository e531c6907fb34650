import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type RuleGroup, ruleFile } from './rule-file.ts';

/** What was scraped, one sample a minute, in promtool’s notation: `0+10x60` is ten more each minute. */
export type Series = Readonly<Record<string, string>>;
/** By the labels that it is asked for, in promtool’s notation. */
export type Samples = Readonly<Record<string, number>>;

/** What promtool says of the arguments, with these files beside it; throws what it complains of. */
export function promtool(args: readonly string[], files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-rules-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return execFileSync('promtool', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`promtool: ${stdout}${stderr}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Evaluates the rules each minute over the series, and holds the answer to `expr` to `samples`. */
export function holdRules(
  groups: readonly RuleGroup[],
  { series, at, expr, samples }: { series: Series; at: string; expr: string; samples: Samples },
): string {
  const tests = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    fuzzy_compare: true,
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr,
            eval_time: at,
            exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
          },
        ],
      },
    ],
  };
  return promtool(['test', 'rules', 'test.yaml'], {
    'rules.yaml': ruleFile('a test', groups),
    'test.yaml': stringify(tests, { lineWidth: 0 }),
  });
}
