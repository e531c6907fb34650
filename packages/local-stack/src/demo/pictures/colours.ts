const channels = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** `share` of `other` in `colour`: 0 leaves it, 1 replaces it. Both are `#rrggbb`. */
export function mixed(colour: string, other: string, share: number): string {
  const others = channels(other);
  const mixedChannels = channels(colour).map((value, at) =>
    Math.round(value + ((others[at] ?? 0) - value) * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${mixedChannels.join('')}`;
}

export const lighter = (colour: string, share: number) => mixed(colour, '#ffffff', share);
export const darker = (colour: string, share: number) => mixed(colour, '#0b0d17', share);
export const warmer = (colour: string, share: number) => mixed(colour, '#f6b26b', share);
