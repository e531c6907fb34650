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

/** A low wooden lake boat with an awning, its middle at the water line. */
const boat = (hull: string, awning: string, trim: string): string =>
  [
    ellipse(0, 44, 330, 16, '#00000026'),
    path(
      'M-330 -34 C-200 -16 190 -16 340 -62 C318 8 280 46 226 46 L-236 46 C-282 40 -314 10 -330 -34 Z',
      hull,
    ),
    path('M-330 -34 C-200 -16 190 -16 340 -62 L334 -44 C190 -2 -200 -2 -324 -20 Z', trim),
    repeated(5, (nth) => rect(-206 + nth * 92, -150, 9, 126, trim)),
    path('M-236 -150 C-226 -190 186 -190 190 -150 Z', awning),
    repeated(9, (nth) =>
      path(
        `M${-236 + nth * 47.4} -150 h47.4 c-4 26 -43 26 -47.4 0 Z`,
        nth % 2 ? awning : '#fbf6ea',
      ),
    ),
    repeated(4, (nth) => circle(-160 + nth * 92, -74, 20, mixed('#f0c9a4', '#8a5a3c', nth * 0.2))),
    repeated(4, (nth) =>
      path(
        `M${-190 + nth * 92} -24 c0 -44 60 -44 60 0 Z`,
        mixed(awning, '#fbf6ea', 0.25 + nth * 0.18),
      ),
    ),
    line('M262 -52 V-196', trim, 8),
    path('M266 -194 L338 -172 L266 -150 Z', awning),
  ].join('');

const ripples = (colour: string, from: number, opacity: number): string =>
  repeated(26, (nth) => {
    const y = from + ((nth * 53) % (880 - from));
    const x = (nth * 389) % 1600;
    const length = 40 + ((y - from) / (880 - from)) * 150;
    return rect(x, y, length, 3 + ((y - from) / 300) * 4, colour, { rx: 3, opacity });
  });

const castle = (stone: string, roof: string): string =>
  [
    rect(-70, -70, 140, 70, stone),
    rect(-92, -110, 44, 110, stone),
    rect(52, -124, 40, 124, stone),
    path('M-98 -110 L-70 -164 L-42 -110 Z', roof),
    path('M46 -124 L72 -182 L98 -124 Z', roof),
    path('M-54 -70 L0 -104 L58 -70 Z', roof),
    rect(-10, -34, 20, 34, roof),
  ].join('');

/** Around the lake: noon, the peaks of the Bornes, and the castle on its spit of land. */
export const lakeTour = (accent: string): string =>
  drawing({
    defs: [
      gradient('sky', [
        [0, lighter(accent, 0.55)],
        [1, lighter(accent, 0.9)],
      ]),
      gradient('water', [
        [0, lighter(accent, 0.3)],
        [0.25, accent],
        [1, darker(accent, 0.42)],
      ]),
      gradient('far', [
        [0, lighter(accent, 0.42)],
        [1, lighter(accent, 0.62)],
      ]),
      gradient('near', [
        [0, mixed(accent, '#2f5d4a', 0.55)],
        [1, mixed(accent, '#3f7a5c', 0.35)],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('sky')),
      circle(1270, 170, 74, '#fff6df'),
      path(
        'M0 520 L150 330 250 410 420 190 560 360 660 290 840 470 980 320 1120 440 1290 250 1460 430 1600 340 V560 H0 Z',
        fillOf('far'),
      ),
      path('M420 190 L362 265 400 300 432 268 470 306 500 287 Z', '#ffffffcc'),
      path('M1290 250 L1240 303 1278 330 1304 306 1340 334 1352 316 Z', '#ffffffcc'),
      path('M0 540 C160 450 300 470 430 520 C520 552 620 552 700 556 L0 560 Z', fillOf('near')),
      path(
        'M1600 470 C1450 450 1330 496 1220 528 C1120 556 1010 552 930 556 L1600 560 Z',
        fillOf('near'),
      ),
      rect(0, 552, 1600, 348, fillOf('water')),
      group('translate(1150 548)', [castle('#f2e6d0', '#8a4b3a')]),
      path('M1010 552 C1080 536 1220 536 1300 552 Z', mixed(accent, '#2f5d4a', 0.6)),
      ripples('#ffffff', 572, 0.22),
      group('translate(620 700) scale(1.06)', [boat('#8c4a2f', accent, '#f6ead2')]),
      repeated(4, (nth) =>
        line(
          `M${240 + nth * 92} ${170 + (nth % 2) * 46} q18 -20 36 0 q18 -20 36 0`,
          darker(accent, 0.3),
          5,
        ),
      ),
    ],
  });

/** The sunset ride: the same boat, dark against the last light. */
export const sunset = (accent: string): string =>
  drawing({
    defs: [
      gradient('sky', [
        [0, darker(accent, 0.45)],
        [0.28, mixed(accent, '#7a4f86', 0.6)],
        [0.47, '#d9796a'],
        [0.62, '#f9c784'],
      ]),
      gradient('water', [
        [0, '#d98f73'],
        [0.3, mixed(accent, '#7a4f86', 0.55)],
        [1, darker(accent, 0.6)],
      ]),
      glow('sunlight', [
        [0, '#fff1c9', 0.9],
        [0.35, '#ffd58f', 0.45],
        [1, '#ffd58f', 0],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('sky')),
      circle(1000, 540, 430, fillOf('sunlight')),
      circle(1000, 540, 118, '#fff0c4'),
      path(
        'M0 560 L180 430 320 500 470 390 640 520 760 470 900 560 Z',
        mixed(darker(accent, 0.35), '#c46a58', 0.35),
      ),
      path(
        'M1600 560 L1500 450 1390 510 1290 440 1130 560 Z',
        mixed(darker(accent, 0.35), '#c46a58', 0.3),
      ),
      rect(0, 556, 1600, 344, fillOf('water')),
      repeated(13, (nth) =>
        rect(
          1000 - (130 - nth * 5 + (nth % 3) * 26) / 2,
          566 + nth * 24,
          130 - nth * 5 + (nth % 3) * 26,
          7,
          '#ffe9b8',
          { rx: 4, opacity: 0.75 - nth * 0.045 },
        ),
      ),
      ripples('#ffe0b0', 580, 0.16),
      group('translate(560 706) scale(1.1)', [
        boat(darker(accent, 0.75), darker(accent, 0.55), darker(accent, 0.62)),
        repeated(7, (nth) => circle(-230 + nth * 68, -126 + Math.abs(3 - nth) * -4, 8, '#ffdf9e')),
        repeated(7, (nth) =>
          circle(-230 + nth * 68, -126 + Math.abs(3 - nth) * -4, 22, '#ffdf9e', { opacity: 0.25 }),
        ),
      ]),
    ],
  });
