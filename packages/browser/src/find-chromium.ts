import { existsSync } from 'node:fs';

/** Where Debian's package puts it. */
const debians = '/usr/bin/chromium';

/** The Chromium that tests run in: the one that `CHROMIUM` names, else Debian's. */
export const findChromium = (
  named: string | undefined,
  exists: (file: string) => boolean = existsSync,
): string => {
  const program = named || debians;
  if (exists(program)) return program;
  throw new Error(
    named
      ? `CHROMIUM names ${named}, which is not there. Name the program itself, or leave the setting out for ${debians}.`
      : `${debians} is missing: apt-get install chromium, or name another Chromium in CHROMIUM.`,
  );
};
