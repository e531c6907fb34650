import { darker, lighter, mixed, warmer } from './colours.ts';
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

/** A small landscape on paper, as it comes out of the tray. */
const print = (accent: string, width: number, height: number): string =>
  [
    rect(-width / 2, 0, width, height, '#fbf8f1', { rx: 4 }),
    rect(-width / 2 + 14, 14, width - 28, height - 44, lighter(accent, 0.62)),
    path(
      `M${-width / 2 + 14} ${height - 62} L${-width / 6} ${height / 2 - 20} L${width / 14} ${height - 76} L${width / 5} ${height / 2 + 2} L${width / 2 - 14} ${height - 58} V${height - 30} H${-width / 2 + 14} Z`,
      darker(accent, 0.3),
    ),
    circle(width / 5, height / 3.4, width / 13, '#fbf8f1'),
  ].join('');

const lens = (x: number, y: number, radius: number, accent: string): string =>
  [
    circle(x, y, radius, '#23222b'),
    circle(x, y, radius * 0.84, '#3a3946'),
    circle(x, y, radius * 0.7, '#15141b'),
    circle(x, y, radius * 0.54, fillOf('glass')),
    ellipse(x - radius * 0.2, y - radius * 0.24, radius * 0.17, radius * 0.11, '#ffffffb0', {
      transform: `rotate(-36 ${x - radius * 0.2} ${y - radius * 0.24})`,
    }),
    circle(x + radius * 0.2, y + radius * 0.2, radius * 0.07, lighter(accent, 0.6)),
  ].join('');

/** First steps: a camera on a table, in the soft light of a window. */
export const firstSteps = (accent: string): string =>
  drawing({
    defs: [
      gradient('wall', [
        [0, lighter(accent, 0.74)],
        [1, lighter(accent, 0.9)],
      ]),
      gradient('body', [
        [0, '#4a4956'],
        [1, '#2b2a33'],
      ]),
      glow('glass', [
        [0, lighter(accent, 0.35)],
        [0.6, accent],
        [1, darker(accent, 0.6)],
      ]),
      gradient('table', [
        [0, '#c99b6d'],
        [1, '#a5774b'],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('wall')),
      group('translate(1010 0) skewX(-14)', [
        rect(0, 60, 170, 250, '#ffffff', { opacity: 0.55 }),
        rect(190, 60, 170, 250, '#ffffff', { opacity: 0.55 }),
        rect(0, 330, 170, 250, '#ffffff', { opacity: 0.45 }),
        rect(190, 330, 170, 250, '#ffffff', { opacity: 0.45 }),
      ]),
      rect(0, 660, 1600, 240, fillOf('table')),
      rect(0, 660, 1600, 10, '#00000018'),
      ellipse(760, 742, 420, 26, '#00000030'),
      rect(560, 268, 250, 92, '#5a5967', { rx: 16 }),
      rect(430, 292, 92, 52, '#5a5967', { rx: 10 }),
      rect(900, 284, 120, 60, '#5a5967', { rx: 12 }),
      rect(380, 330, 760, 400, fillOf('body'), { rx: 44 }),
      rect(380, 420, 760, 214, mixed(accent, '#2b2a33', 0.12)),
      rect(612, 290, 146, 48, '#15141b', { rx: 8 }),
      lens(760, 536, 190, accent),
      circle(1040, 386, 18, '#f3d9a4'),
      group('translate(1280 640) rotate(8)', [print(accent, 240, 190)]),
      group('translate(1330 676) rotate(-7)', [print(accent, 240, 190)]),
    ],
  });

/** The darkroom: one red lamp, and a picture that rises in its tray. */
export const darkroom = (accent: string): string =>
  drawing({
    defs: [
      gradient('room', [
        [0, darker(accent, 0.82)],
        [1, darker(mixed(accent, '#7a1420', 0.5), 0.5)],
      ]),
      glow('lamp', [
        [0, '#ff6a5a', 0.85],
        [0.4, '#e0393a', 0.3],
        [1, '#e0393a', 0],
      ]),
      gradient('liquid', [
        [0, mixed(accent, '#c9404a', 0.45)],
        [1, darker(accent, 0.35)],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('room')),
      circle(800, 190, 640, fillOf('lamp')),
      line('M800 0 V120', '#0d0b14', 8),
      path('M712 190 C712 132 888 132 888 190 Z', '#17131f'),
      path('M742 190 h116 c0 66 -116 66 -116 0 Z', '#ff7a66'),
      line('M40 250 C420 306 1180 306 1560 250', '#0d0b14', 5),
      ...[250, 470, 1130, 1350].map((x, nth) =>
        group(`translate(${x} ${272 + (nth % 3 === 0 ? -2 : 12)}) rotate(${(nth - 1.5) * 2})`, [
          print(mixed(accent, '#7a1420', 0.35), 170, 200),
          rect(-9, -16, 18, 34, '#caa27a', { rx: 3 }),
        ]),
      ),
      rect(0, 700, 1600, 200, '#120d18'),
      path('M360 620 H1240 L1180 770 H420 Z', '#2a2333'),
      path('M392 636 H1208 L1160 752 H440 Z', fillOf('liquid')),
      group('translate(800 632) scale(1 0.52)', [print(mixed(accent, '#c9404a', 0.25), 380, 230)]),
      path('M392 636 H1208 L1202 650 H398 Z', '#ffffff', { opacity: 0.12 }),
      group('translate(1092 560) rotate(30)', [
        rect(-8, -40, 16, 190, '#c9a06e', { rx: 6 }),
        rect(14, -40, 16, 190, '#b58a58', { rx: 6 }),
      ]),
    ],
  });

/** The open evening: a door stands open on a lit studio. */
export const openEvening = (accent: string): string =>
  drawing({
    defs: [
      gradient('dusk', [
        [0, darker(accent, 0.62)],
        [1, darker(accent, 0.28)],
      ]),
      gradient('inside', [
        [0, '#ffe6b3'],
        [1, '#f7c27a'],
      ]),
      gradient('path', [
        [0, '#f7cf8d', 0.75],
        [1, '#f7cf8d', 0],
      ]),
    ],
    shapes: [
      rect(0, 0, 1600, 900, fillOf('dusk')),
      rect(240, 120, 1120, 610, darker(warmer(accent, 0.18), 0.36)),
      repeated(7, (nth) => rect(240, 120 + nth * 88, 1120, 3, '#00000022')),
      rect(0, 730, 1600, 170, darker(accent, 0.58)),
      path('M660 730 H940 L1120 900 H480 Z', fillOf('path')),
      rect(640, 250, 320, 480, '#1b1726'),
      rect(660, 270, 280, 460, fillOf('inside')),
      group('translate(740 330)', [print(accent, 110, 120)]),
      group('translate(864 346)', [print(accent, 90, 110)]),
      path('M940 270 L1060 316 V772 L940 730 Z', darker(accent, 0.2)),
      circle(1040, 548, 9, '#f3d9a4'),
      group('translate(742 0)', [
        circle(0, 540, 34, '#4a3440'),
        path('M-58 730 V648 C-58 562 58 562 58 648 V730 Z', '#4a3440'),
      ]),
      group('translate(844 0)', [
        circle(0, 560, 30, '#6d4652'),
        path('M-50 730 V660 C-50 580 50 580 50 660 V730 Z', '#6d4652'),
      ]),
      ...[330, 1130].map((x) =>
        [
          rect(x - 10, 270, 190, 220, '#1b1726'),
          rect(x, 280, 170, 200, fillOf('inside'), { opacity: 0.85 }),
          rect(x + 81, 280, 8, 200, '#1b1726'),
          rect(x, 376, 170, 8, '#1b1726'),
        ].join(''),
      ),
      line('M150 150 C420 240 620 130 800 190 C980 130 1180 240 1450 150', '#0f0c18', 4),
      ...[220, 330, 440, 550, 660, 800, 940, 1050, 1160, 1270, 1380].map((x, nth) =>
        [
          circle(x, 190 + (nth % 2) * 10, 34, '#ffdf9e', { opacity: 0.22 }),
          circle(x, 190 + (nth % 2) * 10, 11, '#ffe9bd'),
        ].join(''),
      ),
    ],
  });
