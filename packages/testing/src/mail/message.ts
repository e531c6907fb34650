import PostalMime, { type Address, type Email } from 'postal-mime';

export type Attachment = {
  name: string;
  contentType: string;
  /** What `cid:` in the HTML refers to, without angle brackets. */
  contentId: string | null;
  base64: string;
};

/** A message on its way into the inbox, whoever brought it. */
export type Letter = {
  via: 'gmail' | 'resend' | 'smtp';
  from: string;
  /** Every address that gets it. */
  recipients: string[];
  subject: string;
  /** Which of our templates made it, and in which language; `null` when it does not say. */
  template: string | null;
  language: string | null;
  text: string;
  html: string;
  /** `Message-ID`, without angle brackets. */
  messageId: string | null;
  attachments: Attachment[];
};

const addresses = (given: readonly Address[] = []): string[] =>
  given.flatMap((entry) => (entry.group ? addresses(entry.group) : [entry.address ?? '']));

const header = ({ headers }: Email, name: string): string | null =>
  headers.find(({ key }) => key === name)?.value ?? null;

export const withoutBrackets = (id: string): string => id.trim().replace(/^<|>$/g, '');

const attachmentsOf = (email: Email): Attachment[] =>
  email.attachments.map((attachment, at) => ({
    name: attachment.filename ?? `attachment-${at + 1}`,
    contentType: attachment.mimeType,
    contentId: attachment.contentId ? withoutBrackets(attachment.contentId) : null,
    base64: String(attachment.content),
  }));

/** Reads a MIME message (RFC 5322, RFC 2045). `envelope`: who SMTP says that it goes to. */
export const readMime = async (
  raw: Uint8Array,
  via: Letter['via'],
  envelope?: string[],
): Promise<Letter> => {
  const email = await PostalMime.parse(raw, { attachmentEncoding: 'base64' });
  return {
    via,
    from: addresses(email.from ? [email.from] : [])[0] ?? '',
    recipients:
      envelope ?? addresses([...(email.to ?? []), ...(email.cc ?? []), ...(email.bcc ?? [])]),
    subject: email.subject ?? '',
    template: header(email, 'x-guichet-template'),
    language: header(email, 'content-language'),
    text: email.text ?? '',
    html: email.html ?? '',
    messageId: email.messageId ? withoutBrackets(email.messageId) : null,
    attachments: attachmentsOf(email),
  };
};
