import { randomUUID } from 'node:crypto';
import { createLoop, type Loop } from '@guichet/loop/loop';
import type { Bus } from '@guichet/messaging/bus';
import type { Message } from '@guichet/messaging/message';
import { outboxMetrics } from '@guichet/messaging/outbox-metrics';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { step } from '@guichet/telemetry/step';
import type { Db, WithId } from 'mongodb';
import { createLease } from './lease.ts';
import { outboxStore } from './outbox-store.ts';
import type { Versioned } from './versioned.ts';

export type MongoRelayOptions<T extends Versioned> = {
  db: Db;
  /** Collections whose documents carry an `outbox`. */
  collections: readonly string[];
  bus: Pick<Bus, 'publish'>;
  logger: Logger;
  metrics: Metrics;
  /**
   * Runs before a document's messages are published, and again whenever publishing did not end,
   * so it must be safe to repeat. Payment writes its ledger entries here.
   */
  beforePublish?: (messages: readonly Message[], document: WithId<T>) => Promise<void>;
  /** How long a fact may wait when nobody calls `wake`. */
  pollMs?: number;
  /** How long the facts wait when the process that publishes dies. */
  leaseMs?: number;
};

/** So many documents are published side by side; each keeps its own order. */
const batch = 32;
/** A document whose facts cannot be published is tried again after this, doubled up to the most. */
const firstRetryMs = 200;
const longestRetryMs = 5_000;

/**
 * Publishes the facts embedded in documents: at least once, in order within a document, by one
 * process at a time. A document that fails waits by itself and holds up no other.
 */
export function createMongoRelay<T extends Versioned>({
  db,
  collections,
  bus,
  logger,
  metrics,
  beforePublish,
  pollMs = 250,
  leaseMs = 5_000,
}: MongoRelayOptions<T>): Loop {
  const lease = createLease({ db, name: 'outbox-relay', holder: randomUUID(), leaseMs });
  const measured = outboxMetrics(metrics);
  const postponed = new Map<string, { until: number; delayMs: number }>();
  const stores = collections.map((name) => outboxStore<T>(db.collection<T>(name)));

  const publish = async (store: (typeof stores)[number], document: WithId<T>) => {
    const messages = document.outbox ?? [];
    await beforePublish?.(messages, document);
    for (const message of messages) {
      if (!lease.isHeld()) return;
      await bus.publish(message);
    }
    step('outbox.published');
    await store.remove(document._id, messages);
    measured.published(messages.length);
  };

  const postpone = (id: string, err: unknown) => {
    const delayMs = Math.min((postponed.get(id)?.delayMs ?? firstRetryMs / 2) * 2, longestRetryMs);
    postponed.set(id, { until: performance.now() + delayMs, delayMs });
    measured.failed();
    logger.warn({ err, documentId: id, delayMs }, 'facts of a document wait to be published');
  };

  /** One batch; says whether there may be more to do at once. */
  const pass = async (store: (typeof stores)[number]): Promise<boolean> => {
    const waiting = [...postponed].filter(([, { until }]) => until > performance.now());
    const documents = await store.listPending(
      waiting.map(([id]) => id),
      batch,
    );
    await Promise.all(
      documents.map((document) =>
        publish(store, document).then(
          () => postponed.delete(document._id),
          (err: unknown) => postpone(document._id, err),
        ),
      ),
    );
    return documents.length === batch;
  };

  const turn = async () => {
    if (!(await lease.hold())) {
      // Another process publishes now, and what it has published comes back to nobody here.
      postponed.clear();
      return;
    }
    for (const store of stores) {
      while ((await pass(store)) && (await lease.hold()));
    }
    measured.oldest(await Promise.all(stores.map((store) => store.oldestPendingAt())));
  };

  return createLoop({
    turn,
    pauseMs: pollMs,
    onError: (err) => logger.warn({ err }, 'the outbox could not be read'),
    onStop: () => lease.release(),
  });
}
