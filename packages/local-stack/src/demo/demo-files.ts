import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { createOfferingBody } from '@guichet/contracts/offerings';
import { createOrganiserBody } from '@guichet/contracts/organisers';
import { changePageBody } from '@guichet/contracts/pages';
import { changePictureBody } from '@guichet/contracts/pictures';

const mediaTypes: Record<string, string> = { '.csv': 'text/csv', '.ics': 'text/calendar' };

/** A file of the demo; its key is the same as long as its name and its content are. */
type Sent<T> = { value: T; idempotencyKey: string };
export type DemoOffering = Awaited<ReturnType<typeof readOffering>>;
export type DemoOrganiser = Awaited<ReturnType<typeof readOrganiser>>;

/** Every organiser under the demo's folder, with its pages, its offerings and their timetables. */
export async function readDemo(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.sort().map((name) => readOrganiser(folder, name)));
}

async function readOrganiser(folder: string, name: string) {
  const [organiser, pages, offerings] = await Promise.all([
    sent(folder, join(folder, name, 'organiser.json'), (text) =>
      createOrganiserBody.parse(JSON.parse(text)),
    ),
    readdir(join(folder, name, 'pages')),
    readdir(join(folder, name, 'offerings')),
  ]);
  return {
    name,
    organiser,
    pages: await Promise.all(
      pages.sort().map(async (file) => ({
        slug: basename(file, '.json'),
        body: changePageBody.parse(await readJson(folder, name, 'pages', file)),
      })),
    ),
    offerings: await Promise.all(
      offerings.sort().map((file) => readOffering(folder, name, basename(file, '.json'))),
    ),
  };
}

async function readOffering(folder: string, organiser: string, name: string) {
  const timetables = (await readdir(join(folder, organiser, 'timetables')))
    .filter((file) => file.startsWith(`${name}.`))
    .sort();
  return {
    name,
    offering: await sent(folder, join(folder, organiser, 'offerings', `${name}.json`), (text) =>
      createOfferingBody.parse(JSON.parse(text)),
    ),
    picture: changePictureBody.parse(await readJson(folder, organiser, 'pictures', `${name}.json`)),
    timetables: await Promise.all(
      timetables.map(async (file) => ({
        mediaType: mediaTypes[extname(file)] ?? 'application/octet-stream',
        ...(await sent(folder, join(folder, organiser, 'timetables', file), (text) => text)),
      })),
    ),
  };
}

const readJson = async (...path: string[]): Promise<unknown> =>
  JSON.parse(await readFile(join(...path), 'utf8'));

async function sent<T>(folder: string, path: string, read: (text: string) => T): Promise<Sent<T>> {
  const text = await readFile(path, 'utf8');
  const hash = createHash('sha256').update(relative(folder, path)).update('\0').update(text);
  return { value: read(text), idempotencyKey: asUuid(hash.digest()) };
}

/** The first 16 bytes as a UUID of version 8, which is the version for bytes of one's own (RFC 9562). */
function asUuid(bytes: Buffer): string {
  const own = Buffer.from(bytes.subarray(0, 16));
  own[6] = ((own[6] ?? 0) & 0x0f) | 0x80;
  own[8] = ((own[8] ?? 0) & 0x3f) | 0x80;
  return own.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
