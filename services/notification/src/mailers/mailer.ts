export type Attachment = {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  /** For a picture that the HTML shows as `cid:…`. */
  readonly contentId?: string;
};

export type Mail = {
  /** The row's id: what makes two sendings the same one, for providers that can tell. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: string;
  readonly template: string;
  readonly attachments: readonly Attachment[];
};

/** Sends one e-mail. Resolves when the provider has taken it. */
export interface Mailer {
  /** `attempt` above 1: an earlier one may have gone out without our knowing. */
  send(mail: Mail, attempt: number): Promise<void>;
  close(): Promise<void>;
}

/** The provider will never take this e-mail: trying again cannot help. */
export class MailRefused extends Error {}

/** The same for the same row, so that a mailbox that gets it twice shows it once. */
export const messageIdOf = ({ id }: Pick<Mail, 'id'>, from: string): string =>
  `<${id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'guichet.local'}>`;

export const headersOf = (mail: Mail): Record<string, string> => ({
  'Content-Language': mail.language,
  'X-Guichet-Template': mail.template,
  // RFC 3834: no holiday reply to a receipt.
  'Auto-Submitted': 'auto-generated',
});
