import { keeping } from './log-events/keeping.ts';
import { life } from './log-events/life.ts';
import { prescaling } from './log-events/prescaling.ts';
import { selling } from './log-events/selling.ts';
import { telling } from './log-events/telling.ts';
import { waiting } from './log-events/waiting.ts';
import type { LogEvents } from './shape.ts';

/**
 * Every line that services write at the level `info` and above, by its text, in which `{}` stands
 * for what differs. A healthy system has none at `error`: each says that somebody must act now.
 */
export const logEvents: LogEvents = {
  ...life,
  ...telling,
  ...keeping,
  ...selling,
  ...waiting,
  ...prescaling,
};

/** What every line may have besides: who and when, and the span that it was written in. */
export const commonFields: readonly string[] = [
  'level',
  'time',
  'service',
  'msg',
  'traceId',
  'spanId',
];

/** The event that a line of a log is. */
export function logEventOf(text: string): string | undefined {
  const matches = Object.keys(logEvents).filter((event) => patternOf(event).test(text));
  // The one that says most of it.
  return matches.sort((a, b) => b.length - a.length)[0];
}

const patternOf = (event: string) =>
  new RegExp(`^${event.split('{}').map(RegExp.escape).join('[\\s\\S]*')}$`);
