import type { Metrics } from '@guichet/telemetry/metrics';
import type { Book } from './book.ts';
import { createStanding } from './standing.ts';

/** What every replica knows of the lines: each says the same, so that a sum of them is none. */
export function measureLine(metrics: Metrics, book: Book): void {
  metrics.gauge({
    name: 'guichet_waiting_room_waiting',
    help: 'People who wait to be called, in all rooms; every replica says the same',
    collect() {
      const moving = book.listMoving();
      this.set(moving.reduce((sum, { line }) => sum + line.joined - line.calledUpTo, 0));
    },
  });
  metrics.gauge({
    name: 'guichet_waiting_room_places_left',
    help: 'Places that are left to those who wait, in all rooms; every replica says the same',
    collect() {
      this.set(book.listMoving().reduce((sum, { line }) => sum + (line.placesLeft ?? 0), 0));
    },
  });
  const standing = createStanding();
  metrics.gauge({
    name: 'guichet_waiting_room_standing_seconds',
    help: 'How long a line has stood that people are let in from while places are left',
    collect() {
      this.set(standing(book.listMoving(), book.clock.now()) / 1_000);
    },
  });
  metrics.gauge({
    name: 'guichet_waiting_room_line_age_seconds',
    help: 'How old the oldest line is that this replica tells people of; 0 without any',
    collect() {
      this.set(Math.max(0, ...book.listMoving().map(({ ageMs }) => ageMs)) / 1_000);
    },
  });
}
