/** A figure of two runs; `%` is of parts of 1, and no unit is a count. */
export type Figure = {
  readonly name: string;
  readonly values: readonly [number, number];
  readonly unit: 's' | '%' | '';
};

export type SideBySide = {
  readonly title: string;
  readonly runs: readonly [string, string];
  readonly figures: readonly Figure[];
};

const barHeight = 22;
const figureHeight = 84;
const left = 330;
const width = 380;

function shown(value: number, unit: Figure['unit']): string {
  if (unit === 's' && value < 1) return `${Math.round(value * 1_000)} ms`;
  const number = unit === '%' ? value * 100 : value;
  const digits = unit === 's' ? 1 : 0;
  const text = number.toLocaleString('en', { maximumFractionDigits: digits });
  return unit === '' ? text : `${text} ${unit}`;
}

type Bar = { most: number; unit: Figure['unit']; look: 'one' | 'other'; y: number };

function drawBar(value: number, { most, unit, look, y }: Bar): string {
  const length = most === 0 ? 0 : (value / most) * width;
  return `<rect class="${look}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}"/>
<text class="value" x="${(left + length + 8).toFixed(1)}" y="${y + 16}">${shown(value, unit)}</text>`;
}

function drawFigure({ name, values, unit }: Figure, nth: number): string {
  const y = 48 + nth * figureHeight;
  const most = Math.max(...values);
  const [one, other] = values;
  return `<text x="0" y="${y + 27}">${name}</text>
${drawBar(one, { most, unit, look: 'one', y })}
${drawBar(other, { most, unit, look: 'other', y: y + barHeight + 4 })}`;
}

/** Two runs of the same thing as bars, each figure on a scale of its own: an SVG, light and dark. */
export function drawSideBySide({ title, runs: [one, other], figures }: SideBySide): string {
  const height = 48 + figures.length * figureHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 90} ${height}" role="img" aria-label="${title}: ${one}, and ${other}">
<style>
text { font: 14px system-ui, sans-serif; fill: #1c1f26 } .value { font-weight: 600 }
.one { fill: #1f7a4d } .other { fill: #b3541e }
@media (prefers-color-scheme: dark) { text { fill: #eceff4 } }
</style>
<text x="0" y="20">${title}</text>
<rect class="one" x="${left}" y="8" width="14" height="14"/><text x="${left + 22}" y="20">${one}</text>
<rect class="other" x="${left + 220}" y="8" width="14" height="14"/><text x="${left + 242}" y="20">${other}</text>
${figures.map(drawFigure).join('\n')}
</svg>
`;
}
