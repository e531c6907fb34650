import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gmail } from '@googleapis/gmail';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { Resend } from 'resend';
import { afterEach, expect, test } from 'vitest';
import { type MailFake, startMailFake } from './mail-fake.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const start = async (stateFile?: string): Promise<MailFake> => {
  const fake = await startMailFake({ stateFile });
  ends.push(fake.close);
  return fake;
};

const letter = {
  from: 'Théâtre <billets@theatre.example>',
  to: 'ada@example.com',
  subject: 'Votre réservation est confirmée',
  text: 'À bientôt',
  html: '<p>À bientôt <img src="cid:pass@guichet"></p>',
  headers: { 'X-Guichet-Template': 'booking_confirmed', 'Content-Language': 'fr' },
};
const pass = Buffer.from('pass');
const shown = {
  to: 'ada@example.com',
  from: 'billets@theatre.example',
  subject: letter.subject,
  template: 'booking_confirmed',
  language: 'fr',
  text: expect.stringContaining('À bientôt'),
  html: expect.stringContaining('<p>À bientôt'),
  attachments: [{ name: 'pass.png', contentType: 'image/png', size: 4, url: expect.any(String) }],
};

const messagesTo = async (fake: MailFake, to: string) => {
  const answer = await fetch(`${fake.url}/messages?to=${encodeURIComponent(to)}`);
  const { items } = (await answer.json()) as { items: { attachments: { url: string }[] }[] };
  return items;
};

const sendBySmtp = (fake: MailFake, changes: object = {}) =>
  createTransport({ host: '127.0.0.1', port: fake.smtpPort }).sendMail({
    ...letter,
    attachments: [{ filename: 'pass.png', content: pass, cid: 'pass@guichet' }],
    ...changes,
  });

const gmailClient = async (fake: MailFake) => {
  const grant = await fetch(`${fake.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
  });
  const { access_token } = (await grant.json()) as { access_token: string };
  return gmail({
    version: 'v1',
    rootUrl: `${fake.url}/`,
    headers: { authorization: `Bearer ${access_token}` },
  });
};

test('shows what came by SMTP, with its template, language and attachments', async () => {
  const fake = await start();

  await sendBySmtp(fake);

  const [message] = await messagesTo(fake, 'ADA@example.com');
  expect(message).toMatchObject({ ...shown, via: 'smtp' });
  const attachment = await fetch(`${fake.url}${message?.attachments[0]?.url}`);
  expect(await attachment.text()).toBe('pass');
  expect(await messagesTo(fake, 'bob@example.com')).toEqual([]);
});

test('gives each recipient of one message a copy', async () => {
  const fake = await start();

  await sendBySmtp(fake, { to: 'ada@example.com, bob@example.com' });

  expect(await messagesTo(fake, 'ada@example.com')).toHaveLength(1);
  expect(await messagesTo(fake, 'bob@example.com')).toHaveLength(1);
});

test('shows what Gmail’s own client sent, and finds it by its Message-ID', async () => {
  const fake = await start();
  const client = await gmailClient(fake);
  const mime = await new MailComposer({
    ...letter,
    messageId: '<b1@guichet.example>',
    attachments: [{ filename: 'pass.png', content: pass, cid: 'pass@guichet' }],
  })
    .compile()
    .build();

  const sent = await client.users.messages.send({
    userId: 'me',
    requestBody: { raw: mime.toString('base64url') },
  });

  expect(await messagesTo(fake, 'ada@example.com')).toMatchObject([{ ...shown, via: 'gmail' }]);
  const search = (id: string) =>
    client.users.messages.list({ userId: 'me', q: `rfc822msgid:${id}` });
  expect((await search('<b1@guichet.example>')).data.messages).toEqual([
    { id: sent.data.id, threadId: sent.data.id },
  ]);
  expect((await search('b2@guichet.example')).data.messages).toBeUndefined();
});

test('refuses Gmail calls without a token', async () => {
  const fake = await start();

  const client = gmail({ version: 'v1', rootUrl: `${fake.url}/` });

  await expect(
    client.users.messages.send({ userId: 'me', requestBody: { raw: 'x' } }),
  ).rejects.toMatchObject({ status: 401 });
});

test('sends once for one Resend key, and refuses the key with another body', async () => {
  const fake = await start();
  const resend = new Resend('re_test', { baseUrl: fake.url });
  const email = {
    ...letter,
    attachments: [{ filename: 'pass.png', content: pass, contentType: 'image/png' }],
  };

  const first = await resend.emails.send(email, { idempotencyKey: 'row-1' });
  const second = await resend.emails.send(email, { idempotencyKey: 'row-1' });
  const third = await resend.emails.send({ ...email, text: 'x' }, { idempotencyKey: 'row-1' });

  expect(second.data?.id).toBe(first.data?.id);
  expect(third.error).toMatchObject({ name: 'invalid_idempotent_request' });
  expect(await messagesTo(fake, 'ada@example.com')).toMatchObject([{ ...shown, via: 'resend' }]);
});

test('takes template and language from Resend’s tags too', async () => {
  const fake = await start();
  const resend = new Resend('re_test', { baseUrl: fake.url });
  const { headers: _headers, ...bare } = letter;

  await resend.emails.send({
    ...bare,
    tags: [
      { name: 'template', value: 'receipt' },
      { name: 'language', value: 'de' },
    ],
  });

  expect(await messagesTo(fake, 'ada@example.com')).toMatchObject([
    { template: 'receipt', language: 'de' },
  ]);
});

test('keeps the inbox and the keys of Resend over a restart', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mail-fake-'));
  ends.push(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'inbox.json');
  const first = await startMailFake({ stateFile: file });
  await new Resend('re_test', { baseUrl: first.url }).emails.send(letter, {
    idempotencyKey: 'row-1',
  });
  await first.close();

  const second = await start(file);
  await new Resend('re_test', { baseUrl: second.url }).emails.send(letter, {
    idempotencyKey: 'row-1',
  });

  expect(await messagesTo(second, 'ada@example.com')).toHaveLength(1);
});

test('keeps a message’s scripts out of the page', async () => {
  const fake = await start();
  await sendBySmtp(fake, {
    subject: '<script>alert(1)</script>',
    html: '<script>alert(1)</script><img src="cid:pass@guichet">',
  });
  const [message] = fake.inbox.all();

  const page = await (await fetch(`${fake.url}/?message=${message?.id}`)).text();
  const html = await fetch(`${fake.url}/messages/${message?.id}/html`);

  expect(page).not.toContain('<script>');
  expect(page).toContain('sandbox="allow-popups');
  expect(html.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
  expect(await html.text()).toContain(`src="/messages/${message?.id}/attachments/pass.png"`);
});

const sendBy = {
  smtp: (fake: MailFake) => sendBySmtp(fake),
  gmail: async (fake: MailFake) => {
    const client = await gmailClient(fake);
    const mime = await new MailComposer(letter).compile().build();
    const requestBody = { raw: mime.toString('base64url') };
    return client.users.messages.send({ userId: 'me', requestBody }, { retry: false });
  },
  resend: async (fake: MailFake) => {
    const { error } = await new Resend('re_test', { baseUrl: fake.url }).emails.send(letter);
    if (error) throw new Error(error.name);
  },
};

test.each(['smtp', 'gmail', 'resend'] as const)(
  'refuses or loses the answer of %s',
  async (via) => {
    const fake = await start();
    const kept = () => fake.inbox.list('ada@example.com').length;

    fake.faults.add({ fault: 'refuse', via, times: 1 });
    await expect(sendBy[via](fake)).rejects.toThrow();
    expect(kept()).toBe(0);

    fake.faults.add({ fault: 'reject', via, times: 1 });
    await expect(sendBy[via](fake)).rejects.toThrow();
    expect(kept()).toBe(0);

    fake.faults.add({ fault: 'accept_then_drop', via, times: 1 });
    await expect(sendBy[via](fake)).rejects.toThrow();
    expect(kept()).toBe(1);

    await sendBy[via](fake);
    expect(kept()).toBe(2);
  },
);

test('takes faults over HTTP', async () => {
  const fake = await start();

  const added = await fetch(`${fake.url}/_admin/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault: 'refuse', via: 'smtp', times: 1 }),
  });

  expect(added.status).toBe(201);
  await expect(sendBySmtp(fake)).rejects.toMatchObject({ responseCode: 451 });
});
