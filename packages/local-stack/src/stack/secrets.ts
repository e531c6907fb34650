import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const key = () => randomBytes(32).toString('base64');
const word = () => randomBytes(24).toString('base64url');

function makeSecrets() {
  return {
    identitySealingKey: key(),
    catalogSealingKey: key(),
    reservationSealingKey: key(),
    waitingRoomSealingKey: key(),
    manageTokenKey: key(),
    lineTokenKey: key(),
    gatewayClientSecret: word(),
    reservationClientSecret: word(),
    waitingRoomClientSecret: word(),
    paymentClientSecret: word(),
    notificationClientSecret: word(),
    prescalerClientSecret: word(),
    stripeSecretKey: `sk_test_${word()}`,
    stripePublishableKey: `pk_test_${word()}`,
    stripeWebhookSecret: `whsec_${word()}`,
    demoPassword: randomBytes(9).toString('base64url'),
  };
}
export type Secrets = ReturnType<typeof makeSecrets>;

/** This stack's own secrets: made once, kept with its data, since tables are sealed with them. */
export function keepSecrets(file: string): Secrets {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = { ...makeSecrets(), ...kept };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
