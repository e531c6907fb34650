import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** What somebody who watches for attacks wants to know of, and how it is said. */
const sentences = {
  token_reused: 'a refresh token that was used before came back; its session has ended',
  login_refused: 'a sign-in was refused',
  signature_refused: 'a signature was refused',
  rate_limited: 'an address asks more often than it may',
} as const;
export type SecurityEvent = keyof typeof sentences;

/** Whoever attacks must not fill the log: one line of a kind in so long. */
const apartMs = 10_000;

/**
 * Counts security events and says them in the log, with `securityEvent` to find them by and without
 * anything that names a person. Those that come right after another of their kind are counted, and
 * the next line says how many they were (`unsaid`).
 */
export function createSecurityEvents({
  metrics,
  logger,
  now = () => performance.now(),
}: {
  metrics: Metrics;
  logger: Logger;
  now?: () => number;
}) {
  const counted = metrics.counter({
    name: 'guichet_security_events_total',
    help: 'What may be an attack, by kind',
    labelNames: ['event'],
  });
  const said = new Map<SecurityEvent, { at: number; unsaid: number }>();

  return (securityEvent: SecurityEvent): void => {
    counted.inc({ event: securityEvent });
    const last = said.get(securityEvent);
    if (last && now() - last.at < apartMs) {
      last.unsaid += 1;
      return;
    }
    said.set(securityEvent, { at: now(), unsaid: 0 });
    logger.warn({ securityEvent, unsaid: last?.unsaid ?? 0 }, sentences[securityEvent]);
  };
}
export type NoteSecurityEvent = ReturnType<typeof createSecurityEvents>;
