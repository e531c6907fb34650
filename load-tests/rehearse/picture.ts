import type { Seen } from './without.ts';

/** The same sale twice: with the room in front of it, and without. */
export type Both = { readonly withRoom: Seen; readonly without: Seen };

const barHeight = 22;
const rowHeight = 84;
const left = 330;
const width = 380;

type Row = { readonly name: string; readonly of: (seen: Seen) => number; readonly unit: string };

const rows: readonly Row[] = [
  { name: 'of those who came first were served', of: (seen) => seen.firstServed * 100, unit: '%' },
  { name: 'to choose or to book, half of them', of: (seen) => seen.p50Ms / 1_000, unit: 's' },
  { name: 'the same, 99 of 100', of: (seen) => seen.p99Ms / 1_000, unit: 's' },
  { name: 'requests to choose or to book', of: (seen) => seen.asked, unit: '' },
];

const shown = (value: number, unit: string): string => {
  const digits = unit === 's' ? 1 : 0;
  const text = value.toLocaleString('en', { maximumFractionDigits: digits });
  return unit === '' ? text : `${text} ${unit}`;
};

function drawBar(value: number, most: number, unit: string, look: string, y: number): string {
  const length = most === 0 ? 0 : (value / most) * width;
  return `<rect class="${look}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}"/>
<text class="value" x="${(left + length + 8).toFixed(1)}" y="${y + 16}">${shown(value, unit)}</text>`;
}

function drawRow({ name, of, unit }: Row, nth: number, { withRoom, without }: Both): string {
  const y = 48 + nth * rowHeight;
  const [one, other] = [of(withRoom), of(without)];
  const most = Math.max(one, other);
  return `<text x="0" y="${y + 27}">${name}</text>
${drawBar(one, most, unit, 'room', y)}
${drawBar(other, most, unit, 'bare', y + barHeight + 4)}`;
}

/** What an on-sale is like for those who come to it, each figure on a scale of its own. */
export function pictureOf(both: Both): string {
  const { people, places } = both.without;
  const height = 48 + rows.length * rowHeight;
  const counted = `${people.toLocaleString('en')} people, ${places.toLocaleString('en')} places`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 90} ${height}" role="img" aria-label="An on-sale with a waiting room and without one: ${counted}">
<style>
text { font: 14px system-ui, sans-serif; fill: #1c1f26 } .value { font-weight: 600 }
.room { fill: #1f7a4d } .bare { fill: #b3541e }
@media (prefers-color-scheme: dark) { text { fill: #eceff4 } }
</style>
<text x="0" y="20">${counted}</text>
<rect class="room" x="${left}" y="8" width="14" height="14"/><text x="${left + 22}" y="20">with a waiting room</text>
<rect class="bare" x="${left + 190}" y="8" width="14" height="14"/><text x="${left + 212}" y="20">without</text>
${rows.map((row, nth) => drawRow(row, nth, both)).join('\n')}
</svg>
`;
}
