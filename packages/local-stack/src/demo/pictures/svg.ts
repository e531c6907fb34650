/** What every picture of the demo is drawn on. */
export const canvas = { width: 1_600, height: 900 } as const;

/** A drawing as a document; `defs` are its gradients. */
export const drawing = ({ defs, shapes }: { defs: string[]; shapes: string[] }): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvas.width} ${canvas.height}" width="${canvas.width}" height="${canvas.height}"><defs>${defs.join('')}</defs>${shapes.join('')}</svg>`;

type Stops = readonly (readonly [offset: number, colour: string, opacity?: number])[];

const stopsOf = (stops: Stops): string =>
  stops
    .map(
      ([offset, colour, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('');

/** From top to bottom, or to the right with `across`. */
export const gradient = (id: string, stops: Stops, across = false): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="${across ? 1 : 0}" y2="${across ? 0 : 1}">${stopsOf(stops)}</linearGradient>`;

/** From the middle outwards. */
export const glow = (id: string, stops: Stops): string =>
  `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`;

export const fillOf = (id: string): string => `url(#${id})`;

const attributesOf = (attributes: Record<string, string | number>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: Record<string, string | number> = {},
): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${attributesOf(more)}/>`;

export const circle = (
  x: number,
  y: number,
  radius: number,
  fill: string,
  more: Record<string, string | number> = {},
): string => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"${attributesOf(more)}/>`;

export const ellipse = (
  x: number,
  y: number,
  rx: number,
  ry: number,
  fill: string,
  more: Record<string, string | number> = {},
): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${attributesOf(more)}/>`;

export const path = (d: string, fill: string, more: Record<string, string | number> = {}): string =>
  `<path d="${d}" fill="${fill}"${attributesOf(more)}/>`;

export const line = (d: string, colour: string, width: number): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Shapes moved, turned or scaled together. */
export const group = (transform: string, shapes: readonly string[]): string =>
  `<g transform="${transform}">${shapes.join('')}</g>`;

/** One shape for each of `count` numbers from 0. */
export const repeated = (count: number, shape: (nth: number) => string): string =>
  Array.from({ length: count }, (_, nth) => shape(nth)).join('');
