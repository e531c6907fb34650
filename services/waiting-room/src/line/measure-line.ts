import type { Metrics } from '@guichet/telemetry/metrics';
import type { Book } from './book.ts';

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
    name: 'guichet_waiting_room_line_age_seconds',
    help: 'How old the oldest line is that this replica tells people of; 0 without any',
    collect() {
      this.set(Math.max(0, ...book.listMoving().map(({ ageMs }) => ageMs)) / 1_000);
    },
  });
}
