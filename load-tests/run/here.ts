import { readStackFile } from '@guichet/local-stack/stack/stack-file';
import { z } from 'zod';
import { asEnvironment, type Choices } from './choices.ts';
import { runK6 } from './k6.ts';
import { scriptOf } from './scripts.ts';

const stackSchema = z.object({
  gateway: z.url(),
  certificate: z.string().optional(),
  accounts: z.object({ admin: z.object({ email: z.string(), password: z.string() }) }),
});

/** On Linux a whole network is this machine, so each buyer has an address of their own, and its limit. */
const ownAddresses = process.platform === 'linux' ? ['--local-ips=127.1.0.0/16'] : [];

/** Loads the stack of this machine, by k6 on this machine, and answers how k6 ended. */
export async function loadHere({ scenario, settings }: Choices, more: string[] = []) {
  const { gateway, certificate, accounts } = await readStackFile(stackSchema);
  return runK6(
    ['run', '--no-usage-report', '--quiet', ...ownAddresses, ...more, scriptOf(scenario)],
    {
      ...asEnvironment(settings),
      BASE_URL: gateway,
      ORGANISER_EMAIL: accounts.admin.email,
      ORGANISER_PASSWORD: accounts.admin.password,
      ...(certificate ? { SSL_CERT_FILE: certificate } : {}),
    },
  );
}
