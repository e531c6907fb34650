import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { demoAccounts } from '@guichet/local-stack/demo/accounts';
import { inRepository } from '../repository.ts';
import type { Tools } from '../tools.ts';
import { frontDoor, namespace, standIns } from './release.ts';

/** Where `make buy` finds a cluster: GUICHET_STACK=.guichet/cluster.json. */
export const clusterFile = inRepository('.guichet/cluster.json');

type Secret = { data?: Record<string, string> };

/** What the stand-ins were given, which the demo and a buyer’s browser know too. */
export async function standInSecrets(tools: Tools) {
  const { data = {} } = await tools.get<Secret>('secret', 'guichet-stand-ins', '-n', namespace);
  const read = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString();
  return { demoPassword: read('DEMO_PASSWORD'), publishableKey: read('PUBLISHABLE_KEY') };
}

/** Writes down where everything is, in the shape of `make start`’s stack.json. */
export function writeClusterFile(
  { demoPassword, publishableKey }: Awaited<ReturnType<typeof standInSecrets>>,
  file = clusterFile,
): void {
  const stack = {
    gateway: frontDoor,
    stripe: { api: standIns.stripe, publishableKey },
    inbox: standIns.inbox,
    accounts: demoAccounts({ demoPassword }),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
}
