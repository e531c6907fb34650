import type { Language } from '@guichet/contracts/shapes';
import type { Queryable } from '@guichet/postgres/pool';
import type { TemplateName } from '../templates/template.ts';

export type Claim = {
  readonly eventId: string;
  readonly recipient: string;
  readonly template: TemplateName;
  readonly language: Language;
};
export type Lease = { readonly id: string; readonly attempts: number };

/** Every statement about what was sent. */
export const notificationStore = (db: Queryable) => ({
  /** Leases the e-mail for a minute, unless it is sent or somebody else is sending it. */
  async lease({ eventId, recipient, template, language }: Claim): Promise<Lease | undefined> {
    const { rows } = await db.query<Lease>(
      `insert into notifications as n (event_id, recipient, template, language, locked_until)
       values ($1, $2, $3, $4, now() + interval '1 minute')
       on conflict (event_id, recipient, template) do update
          set attempts = n.attempts + 1, locked_until = excluded.locked_until
        where n.state = 'sending' and n.locked_until < now()
       returning id, attempts`,
      [eventId, recipient, template, language],
    );
    return rows[0];
  },
  async isSent({ eventId, recipient, template }: Claim): Promise<boolean> {
    const { rows } = await db.query(
      `select state = 'sent' as sent from notifications
        where event_id = $1 and recipient = $2 and template = $3`,
      [eventId, recipient, template],
    );
    return rows[0]?.sent === true;
  },
  async sent(id: string): Promise<void> {
    await db.query(`update notifications set state = 'sent', sent_at = now() where id = $1`, [id]);
  },
  /** The provider refused: nothing was sent, so the next attempt need not wait for the lease. */
  async giveUp(id: string): Promise<void> {
    await db.query(`update notifications set locked_until = now() where id = $1`, [id]);
  },
  /** How many are begun and not sent, and for how long the oldest has been. */
  async unsent(): Promise<{ mails: number; oldestSeconds: number }> {
    const { rows } = await db.query<{ mails: number; oldestSeconds: number }>(
      `select count(*)::integer as mails,
              coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "oldestSeconds"
         from notifications where state = 'sending'`,
    );
    return rows[0] ?? { mails: 0, oldestSeconds: 0 };
  },
});
export type NotificationStore = ReturnType<typeof notificationStore>;
