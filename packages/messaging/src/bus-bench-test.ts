import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { onTestFinished } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect-bus.ts';
import { createMessage, type Message } from './message.ts';

/** Where a test's messages live, and how to take that away again. */
export type MakePlace = () => Promise<{ url: string; drop(): Promise<void> }>;

/** As long as a busy machine may take; a test that is right ends sooner. */
export const patience = { timeout: 30_000, interval: 50 };

const subjectId = '0197a6f0-0000-7000-8000-000000000001';
export const revoked = (sequence: number) =>
  createMessage({
    source: 'test',
    type: 'subject.revoked',
    subject: subjectId,
    sequence,
    data: { subjectId },
  });

const silent = createLogger({ service: 'test', level: 'silent' });

/** A bus that the test's end closes. */
export async function connected(
  url: string,
  { metrics = createMetrics({ service: 'test' }), logger = silent } = {},
): Promise<Bus> {
  const bus = await connectBus({ url, logger, metrics, retryTiersMs: [50, 100] });
  onTestFinished(() => bus.close());
  return bus;
}

/** What the audit log is told from now on. */
export async function auditOf(bus: Bus): Promise<Message[]> {
  const told: Message[] = [];
  await bus.subscribe({
    consumer: 'test.audit',
    types: ['audit.recorded'],
    handle: async (message) => void told.push(message),
  });
  return told;
}

/** The URL of a place of the test's own, gone after everything that was connected to it. */
export async function inPlace(makePlace: MakePlace): Promise<string> {
  const { url, drop } = await makePlace();
  onTestFinished(drop);
  return url;
}

/** A consumer that notes what it was given, and may throw. */
export async function listen(
  bus: Bus,
  consumer: string,
  act: (message: Message, nth: number) => unknown = () => {},
): Promise<Message[]> {
  const seen: Message[] = [];
  await bus.subscribe({
    consumer,
    types: ['subject.revoked'],
    async handle(message) {
      seen.push(message);
      await act(message, seen.length);
    },
  });
  return seen;
}
