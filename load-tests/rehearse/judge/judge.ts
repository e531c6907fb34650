import type { Verdict } from '../../verdict.ts';
import type { Books } from '../books.ts';
import type { Crowd } from '../crowd.ts';
import type { Door } from '../door.ts';
import { brokenRanks, notCalled, outOfOrder, steppedBack } from './order.ts';

/** What a room and the sale behind it answer; anything else is a fault of theirs. */
const orderly = new Set([
  'not_your_turn',
  'sold_out',
  'admission_lapsed',
  'admission_required',
  'admission_invalid',
  'admission_of_another_sale',
  'admission_used',
  'turn_invalid',
  'visit_invalid',
  'visit_too_fresh',
  'turns_per_address',
  'too_fast_from_network',
  'quote_invalid',
  'invalid_request',
]);

/** `book 503 service_unavailable`: what was asked, its status, its code. */
const disorderly = (counts: Door['counts']): string[] =>
  [...counts].flatMap(([what, count]) => {
    const [status = '', code] = what.split(' ').slice(-2);
    const isFine = code === undefined || /^\d+$/.test(code) ? Number(code ?? status) < 400 : false;
    return isFine || orderly.has(code ?? '') ? [] : [`${count} × ${what}`];
  });

const serverErrors = (counts: Door['counts']): string[] =>
  [...counts].flatMap(([what, count]) => (/ 5\d\d( |$)/.test(what) ? [`${count} × ${what}`] : []));

/** Who waited as they should, and has been told how it ends. */
const leftInTheDark = ({ stories }: Crowd): string[] =>
  stories
    .filter(({ end, person }) => end === 'still_there' && !person.cheat)
    .map(({ person, joined }) => `${person.nth}, rank ${joined?.rank}, was told nothing`);

/** Every honest one who was called in time and wanted to buy had a place, or was told there is none. */
const turnedAway = ({ stories }: Crowd): string[] =>
  stories
    .filter(({ end, person }) => end === 'refused' && !person.cheat)
    .map(({ person, joined }) => `${person.nth}, rank ${joined?.rank}, was refused`);

/** Holds the crowd's own notes and the tables against what a room promises. */
export function judge(
  verdict: Verdict,
  { crowd, door, books, places }: { crowd: Crowd; door: Door; books: Books; places: number },
): void {
  const joined = crowd.stories.flatMap((story) => story.joined ?? []);
  const twice = crowd.stories.filter(({ admissions }) => admissions.size > 1);
  const doubled = books.bookings.length - new Set(books.bookings.map(({ id }) => id)).size;

  verdict.holds('whoever came before stands before', outOfOrder(joined));
  verdict.holds('ranks have no gap and no double', brokenRanks(books.ranks));
  verdict.holds('the line only goes forward', steppedBack(books.calls));
  verdict.holds('nobody is in before being called', notCalled(books.admitted, books.calls));
  verdict.holds(
    'nobody is admitted twice',
    twice.map(({ person, admissions }) => `${person.nth} has ${admissions.size} admissions`),
  );
  verdict.holds(
    'as many bookings as admissions, at most',
    books.bookings.length > books.admitted.length || doubled > 0
      ? [`${books.bookings.length} bookings of ${books.admitted.length} admissions`]
      : [],
  );
  verdict.holds(
    `exactly ${places} places are sold`,
    books.places === places ? [] : [`${books.places} are`],
  );
  verdict.holds('no cheat gains anything', crowd.gained);
  verdict.holds('nothing is answered 5xx', serverErrors(door.counts));
  verdict.holds('every request is answered', crowd.unanswered);
  verdict.holds('everybody is answered in the room’s own words', disorderly(door.counts));
  verdict.holds('no honest person is turned away', turnedAway(crowd));
  verdict.holds('everybody is told how it ends', leftInTheDark(crowd));
}
