import type { Result } from './scenario.ts';

const rowHeight = 44;
const left = 300;
const width = 380;
const right = 90;

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Each ratio as a bar with its spread, on a scale of its own whose end is a fifth beyond the aim:
 * what has to be reached and what is aimed at are the two marks on it.
 */
export function chartOf(results: readonly Result[]): string {
  const rows = results.flatMap(({ id, ratios }) => ratios.map((ratio) => ({ id, ...ratio })));
  const drawn = rows.map(({ id, name, median, least, most, reach, aim }, nth) => {
    const y = 20 + nth * rowHeight;
    const end = Math.max(aim * 1.2, most);
    const x = (value: number) => (left + (value / end) * width).toFixed(1);
    const bar = (Number(x(median)) - left).toFixed(1);
    // The one is named below its mark, the other above: they may stand close together.
    const mark = (value: number, label: string, below: number) =>
      `<path class="mark" d="M${x(value)} ${y - 4}v28"/><text class="small" x="${x(value)}" y="${y + below}">${label} ${value}</text>`;
    return `<text x="0" y="${y + 15}">${escapeXml(`${id}  ${name}`)}</text>
<rect class="${median >= reach ? 'good' : 'short'}" x="${left}" y="${y}" width="${bar}" height="20"/>
<path class="spread" d="M${x(least)} ${y + 10}H${x(most)}"/>
<text class="value" x="${left + width + 12}" y="${y + 15}">${median.toFixed(2)}</text>
${mark(reach, 'reach', 34)}${aim === reach ? '' : mark(aim, 'aim', -6)}`;
  });
  const height = 30 + rows.length * rowHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + right} ${height}" role="img" aria-label="Ratios of the benchmarks">
<style>
text { font: 14px system-ui, sans-serif; fill: #1c1f26 } .small { font-size: 10px; text-anchor: middle } .value { font-weight: 600 }
.good { fill: #1f7a4d } .short { fill: #b3541e } .mark { stroke: #1c1f26; stroke-width: 1.5 } .spread { stroke: #8a8f98; stroke-width: 3 }
@media (prefers-color-scheme: dark) { text { fill: #eceff4 } .mark { stroke: #eceff4 } }
</style>
${drawn.join('\n')}
</svg>
`;
}
