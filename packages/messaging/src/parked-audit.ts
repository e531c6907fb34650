import { auditRecorded } from './audit.ts';
import type { Actor, Bus, ParkedMessage } from './bus.ts';
import { createMessage } from './message.ts';

/**
 * Tells the audit log what is about to happen to a parked message. Before it happens: what cannot
 * be written down is not done, and a program that is killed in between has said too much rather
 * than too little.
 */
export const auditParked =
  (publish: Bus['publish'], consumer: string) =>
  (
    action: 'message.replayed' | 'message.discarded',
    { id, message }: ParkedMessage,
    { by, reason }: Actor & { reason?: string },
  ): Promise<void> =>
    publish(
      createMessage({
        source: 'operator',
        ...auditRecorded(
          {
            actorId: `operator:${by}`,
            organiserId: null,
            action,
            target: `${consumer}/${id}`,
            ...(reason === undefined ? {} : { reason }),
          },
          message.sequence,
        ),
      }),
    );
export type AuditParked = ReturnType<typeof auditParked>;
