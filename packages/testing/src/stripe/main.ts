import { startStripeFake } from './stripe-fake.ts';

const { PORT, LISTEN_HOST, STAND_IN_URL, STATE_FILE } = process.env;
const { WEBHOOK_URL, WEBHOOK_SECRET, SECRET_KEY, PUBLISHABLE_KEY } = process.env;

const fake = await startStripeFake({
  port: Number(PORT ?? 8090),
  host: LISTEN_HOST,
  publicUrl: STAND_IN_URL,
  webhookUrl: WEBHOOK_URL,
  stateFile: STATE_FILE,
  ...(WEBHOOK_SECRET ? { webhookSecrets: WEBHOOK_SECRET.split(',') } : {}),
  ...(SECRET_KEY ? { secretKey: SECRET_KEY } : {}),
  ...(PUBLISHABLE_KEY ? { publishableKey: PUBLISHABLE_KEY } : {}),
});
process.stdout.write(`Stripe stand-in at ${fake.url}\n`);

const end = () => void fake.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
