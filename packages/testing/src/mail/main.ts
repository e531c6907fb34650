import { startMailFake } from './mail-fake.ts';

const { PORT, SMTP_PORT, LISTEN_HOST, STATE_FILE } = process.env;

const fake = await startMailFake({
  port: Number(PORT ?? 8091),
  smtpPort: Number(SMTP_PORT ?? 8092),
  host: LISTEN_HOST,
  stateFile: STATE_FILE,
});
process.stdout.write(`Inbox at ${fake.url}, SMTP on port ${fake.smtpPort}\n`);

const end = () => void fake.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
