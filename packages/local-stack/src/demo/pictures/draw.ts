import sharp from 'sharp';
import { lakeTour, sunset } from './boats.ts';
import { darkroom, firstSteps, openEvening } from './school.ts';
import { avare, nocturne } from './theatre.ts';

/** By the folder of the organiser and the name of the offering. */
const drawings: Readonly<Record<string, (accent: string) => string>> = {
  'boats/lake-tour': lakeTour,
  'boats/sunset': sunset,
  'school/darkroom': darkroom,
  'school/first-steps': firstSteps,
  'school/open-evening': openEvening,
  'theatre/avare': avare,
  'theatre/nocturne': nocturne,
};

/** The cover of an offering as a PNG, in the colour of its organiser. */
export async function drawCover(
  organiser: string,
  offering: string,
  accent: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const draw = drawings[`${organiser}/${offering}`];
  if (!draw) throw new Error(`demo/pictures/draw.ts has no drawing for ${organiser}/${offering}`);
  // Least compressed is soonest there: it goes no further than to the catalog beside it.
  return new Uint8Array(
    await sharp(Buffer.from(draw(accent)))
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
}
