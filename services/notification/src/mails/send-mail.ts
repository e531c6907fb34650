import type { Language } from '@guichet/contracts/shapes';
import { PermanentError } from '@guichet/messaging/bus';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { type Attachment, type Mailer, MailRefused } from '../mailers/mailer.ts';
import type { Render, TemplateData, TemplateName } from '../templates/template.ts';
import type { NotificationStore } from './notification-store.ts';

export type Outgoing<T extends TemplateName = TemplateName> = {
  readonly eventId: string;
  readonly recipient: string;
  readonly template: T;
  readonly language: Language;
  readonly data: TemplateData[T];
  readonly attachments?: readonly Attachment[];
};

/**
 * Sends one e-mail once per (fact, recipient, template). The row is leased before the provider is
 * called; a process that dies in between leaves a lease that runs out, and the next delivery tries
 * again with the same id, which Resend and Gmail recognise and SMTP does not. Says whether it went out
 * now.
 */
export const sendMail =
  ({
    store,
    mailer,
    render,
    logger,
  }: {
    store: NotificationStore;
    mailer: Mailer;
    render: Render;
    logger: Logger;
  }) =>
  async <T extends TemplateName>(outgoing: Outgoing<T>): Promise<boolean> => {
    const { template, language, data, recipient, attachments = [] } = outgoing;
    const lease = await store.lease(outgoing);
    if (!lease) {
      if (await store.isSent(outgoing)) return false;
      throw new Error('somebody else is sending this e-mail; looked at again later');
    }

    try {
      const rendered = await render(template, language, data);
      await mailer.send(
        { id: lease.id, to: recipient, language, template, attachments, ...rendered },
        lease.attempts,
      );
    } catch (cause) {
      await store.giveUp(lease.id);
      if (cause instanceof MailRefused) throw new PermanentError(cause.message, { cause });
      throw cause;
    }
    step('mail.accepted');
    await store.sent(lease.id);
    logger.info({ template, mailId: lease.id }, 'an e-mail is sent');
    return true;
  };
export type SendMail = ReturnType<typeof sendMail>;
