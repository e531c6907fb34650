import type { Result } from './scenario.ts';
import type { Spread } from './statistics.ts';
import { costVerdict, ratioVerdict, type Verdict } from './verdict.ts';

const rowHeight = 56;
const left = 350;
const width = 330;
const right = 90;

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Row = Spread & {
  readonly name: string;
  readonly shown: string;
  readonly verdict: Verdict;
  readonly marks: readonly (readonly [label: string, value: number])[];
  /** What must be in the picture besides what was measured. */
  readonly end: number;
};

const rowsOf = ({ id, ratios, costs }: Result): Row[] => [
  ...ratios.map((ratio) => ({
    ...ratio,
    name: `${id}  ${ratio.name}`,
    shown: ratio.median.toFixed(2),
    verdict: ratioVerdict(ratio),
    marks: [['reach', ratio.reach] as const, ['aim', ratio.aim] as const],
    end: ratio.aim * 1.2,
  })),
  ...costs.map((cost) => ({
    ...cost,
    name: `${id}  ${cost.name}`,
    shown: `${cost.median.toFixed(1)} ms`,
    verdict: costVerdict(cost),
    marks: [['aim', cost.aim] as const, ['at most', cost.reach] as const],
    end: cost.reach * 1.2,
  })),
];

function drawRow({ name, shown, verdict, marks, median, least, most, end }: Row, nth: number) {
  const y = 24 + nth * rowHeight;
  const x = (value: number) => left + (value / Math.max(end, most)) * width;
  const at = (value: number) => x(value).toFixed(1);
  const distinct = marks.filter(([, value], which) => which === 0 || value !== marks[0]?.[1]);
  // One is named below, the other above: they may stand close together.
  const drawnMarks = distinct.map(
    ([label, value], which) =>
      `<path class="mark" d="M${at(value)} ${y - 3}v26"/><text class="small" x="${at(value)}" y="${which === 0 ? y + 33 : y - 6}">${label} ${value}</text>`,
  );
  return `<text x="0" y="${y + 15}">${escapeXml(name)}</text>
<rect class="${verdict === 'MISSED' ? 'short' : 'good'}" x="${left}" y="${y}" width="${(x(median) - left).toFixed(1)}" height="20"/>
<path class="spread" d="M${at(least)} ${y + 10}H${at(most)}"/>
<text class="value" x="${left + width + 12}" y="${y + 15}">${shown}</text>
${drawnMarks.join('\n')}`;
}

/**
 * Each ratio and each cost as a bar with its spread, on a scale of its own: what has to be reached
 * and what is aimed at are the two marks on it. Of a ratio more is better, of a cost less.
 */
export function chartOf(results: readonly Result[]): string {
  const rows = results.flatMap(rowsOf);
  const height = 24 + rows.length * rowHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + right} ${height}" role="img" aria-label="What the benchmarks came to, beside their goals">
<style>
text { font: 14px system-ui, sans-serif; fill: #1c1f26 } .small { font-size: 10px; text-anchor: middle } .value { font-weight: 600 }
.good { fill: #1f7a4d } .short { fill: #b3541e } .mark { stroke: #1c1f26; stroke-width: 1.5 } .spread { stroke: #8a8f98; stroke-width: 3 }
@media (prefers-color-scheme: dark) { text { fill: #eceff4 } .mark { stroke: #eceff4 } }
</style>
${rows.map(drawRow).join('\n')}
</svg>
`;
}
