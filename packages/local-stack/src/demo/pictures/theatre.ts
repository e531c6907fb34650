import { darker, lighter, mixed } from './colours.ts';
import {
  circle,
  drawing,
  ellipse,
  fillOf,
  glow,
  gradient,
  group,
  line,
  path,
  rect,
  repeated,
} from './svg.ts';

const candlelight = '#ffd9a0';

/** One half of the curtain, drawn from the left edge; its folds hang and are gathered at the side. */
const curtain = (accent: string): string =>
  path('M0 0 H110 C120 330 150 470 70 610 C60 720 50 800 60 900 H0 Z', darker(accent, 0.46)) +
  repeated(6, (nth) => {
    const x = nth * 66;
    const gathered = 330 - nth * 34;
    return path(
      `M${x} 0 C${x + 10} 330 ${gathered * 0.55} 470 ${40 + nth * 12} 610 C${30 + nth * 8} 720 ${20 + nth * 16} 800 ${nth * 26} 900 L${nth * 26 + 60} 900 C${60 + nth * 18} 760 ${90 + nth * 12} 680 ${86 + nth * 14} 610 C${gathered * 0.62 + 60} 470 ${x + 84} 330 ${x + 76} 0 Z`,
      nth % 2 === 0 ? darker(accent, 0.12) : darker(accent, 0.34),
    );
  });

const candle = (x: number, base: number, height: number): string =>
  [
    circle(x, base - height - 30, 150, fillOf('halo')),
    rect(x - 13, base - height, 26, height, '#f3e6cf', { rx: 5 }),
    path(`M${x} ${base - height - 58} c18 26 16 44 0 54 c-16 -10 -18 -28 0 -54 Z`, candlelight),
    ellipse(x, base, 34, 8, '#3a2a22'),
  ].join('');

/** L’Avare: a stage by candlelight, and the strongbox in the middle of it. */
export const avare = (accent: string): string =>
  drawing({
    defs: [
      gradient('back', [
        [0, darker(accent, 0.82)],
        [1, darker(accent, 0.55)],
      ]),
      gradient('floor', [
        [0, '#6b4a35'],
        [1, '#2e2019'],
      ]),
      glow('light', [
        [0, candlelight, 0.55],
        [1, candlelight, 0],
      ]),
      glow('halo', [
        [0, candlelight, 0.7],
        [1, candlelight, 0],
      ]),
      gradient('chest', [
        [0, '#8a5f3c'],
        [1, '#54361f'],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('back')),
      path('M0 660 H1600 V900 H0 Z', fillOf('floor')),
      repeated(9, (nth) =>
        line(`M${800 + (nth - 4) * 90} 660 L${800 + (nth - 4) * 330} 900`, '#00000030', 4),
      ),
      ellipse(800, 620, 560, 330, fillOf('light')),
      ellipse(800, 764, 250, 28, '#00000055'),
      group('translate(800 0)', [
        path('M-180 590 C-180 500 180 500 180 590 Z', fillOf('chest')),
        rect(-190, 588, 380, 172, fillOf('chest'), { rx: 10 }),
        rect(-190, 588, 380, 14, '#d9a85b'),
        rect(-128, 530, 22, 230, '#d9a85b'),
        rect(106, 530, 22, 230, '#d9a85b'),
        rect(-32, 580, 64, 72, '#e7bf77', { rx: 8 }),
        circle(0, 608, 10, '#3a2a1c'),
        path('M-5 608 L5 608 L9 636 L-9 636 Z', '#3a2a1c'),
      ]),
      repeated(7, (nth) =>
        ellipse(590 + nth * 74 + (nth % 2) * 14, 776 + (nth % 3) * 12, 20, 8, '#e7bf77'),
      ),
      candle(500, 742, 130),
      candle(1100, 742, 130),
      candle(440, 778, 84),
      candle(1160, 778, 84),
      group('scale(1.1 1)', [curtain(accent)]),
      group('translate(1600 0) scale(-1.1 1)', [curtain(accent)]),
      repeated(8, (nth) =>
        path(
          `M${nth * 200} 0 h200 c-20 130 -180 130 -200 0 Z`,
          nth % 2 ? darker(accent, 0.08) : mixed(accent, '#0b0d17', 0.22),
        ),
      ),
    ],
  });

/** The saxophone of the trio’s guest: neck, a body that widens, bow and bell. */
const saxophone = (brass: string): string =>
  [
    line('M-92 -262 C-60 -292 -10 -286 2 -232', brass, 24),
    line('M-92 -262 L-122 -240', '#22201f', 20),
    path(
      'M-12 -236 L-40 110 C-46 220 20 262 90 258 C170 254 214 200 226 110 C232 60 250 20 300 -24 L150 -2 C172 24 168 62 162 108 C156 160 130 184 92 184 C52 184 36 156 38 110 L14 -236 Z',
      brass,
    ),
    ellipse(225, -13, 78, 20, lighter(brass, 0.45), { transform: 'rotate(-8 225 -13)' }),
    repeated(7, (nth) => circle(nth * 1.2 - 2, -170 + nth * 46, 10 + nth, lighter(brass, 0.5))),
  ].join('');

/** Nocturne: a late set, with the moon for a spotlight. */
export const nocturne = (accent: string): string =>
  drawing({
    defs: [
      gradient('night', [
        [0, '#141430'],
        [0.7, darker(accent, 0.55)],
        [1, darker(accent, 0.3)],
      ]),
      glow('moonlight', [
        [0, '#fff3d6', 0.55],
        [0.4, '#fff3d6', 0.16],
        [1, '#fff3d6', 0],
      ]),
      gradient('roof', [
        [0, '#10101f'],
        [1, '#07070f'],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('night')),
      repeated(46, (nth) =>
        circle((nth * 397) % 1600, (nth * 211) % 520, 1.5 + (nth % 3), '#ffffff', {
          opacity: 0.25 + (nth % 4) * 0.15,
        }),
      ),
      circle(1080, 330, 520, fillOf('moonlight')),
      circle(1080, 330, 190, '#fdf0cf'),
      circle(1030, 290, 30, '#efdfb6'),
      circle(1132, 372, 44, '#efdfb6'),
      circle(1100, 262, 18, '#efdfb6'),
      path(
        'M0 760 L120 760 120 690 230 690 230 730 330 730 330 650 420 610 510 650 510 740 700 740 700 700 860 700 860 750 1040 750 1040 680 1130 680 1130 720 1290 720 1290 640 1380 600 1470 640 1470 710 1600 710 1600 900 0 900 Z',
        fillOf('roof'),
      ),
      repeated(12, (nth) =>
        rect(150 + nth * 118, 782 + (nth % 3) * 26, 26, 36, '#f4c97c', {
          opacity: 0.75 - (nth % 3) * 0.2,
          rx: 3,
        }),
      ),
      group('translate(560 480) rotate(10) scale(1.3)', [saxophone('#dca24a')]),
      repeated(5, (nth) =>
        group(
          `translate(${1010 + nth * 120} ${520 - nth * 74 - (nth % 2) * 40}) scale(${1.1 - nth * 0.12})`,
          [
            ellipse(0, 0, 24, 17, lighter(accent, 0.55), { transform: 'rotate(-18)' }),
            line('M21 -6 V-104 C40 -92 58 -84 52 -52', lighter(accent, 0.55), 8),
          ],
        ),
      ),
    ],
  });
