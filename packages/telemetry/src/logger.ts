import { isSpanContextValid, trace } from '@opentelemetry/api';
import { destination, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';

export type Logger = PinoLogger;

/** Secrets and what identifies a person: at the top, one level down, and in a request's headers. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'manageToken',
  'secret',
  'clientSecret',
  'email',
  'phone',
  'firstName',
  'lastName',
  'attendees',
  '["x-manage-token"]',
  '["set-cookie"]',
];
/** A database's error says which row it was, with all that is in it. */
const rowsInErrors = ['err.detail', 'err.where'];

/**
 * Bytes that wait for whoever reads our lines. When nobody does, further lines are lost: a service
 * that goes on selling is worth more than what it would have said.
 */
const mostWaiting = 4_194_304;

const redactedPaths = secretNames
  .flatMap((name) => {
    const after = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${after}`, `*.headers${after}`];
  })
  .concat(rowsInErrors);

/**
 * JSON lines on stdout (pino), each with the `traceId` and `spanId` it was written in.
 * Secrets and personal data under the usual names are replaced by `[redacted]`.
 */
export function createLogger({
  service,
  level = 'info',
}: {
  service: string;
  level?: string;
}): Logger {
  return pino(
    {
      base: { service },
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[redacted]' },
      mixin() {
        const context = trace.getActiveSpan()?.spanContext();
        return context && isSpanContextValid(context)
          ? { traceId: context.traceId, spanId: context.spanId }
          : {};
      },
    },
    destination({ fd: 1, sync: false, maxLength: mostWaiting }),
  );
}
