import { readFileSync } from 'node:fs';
import { type Client, createClient } from '@guichet/contracts/client';
import type { Stack } from '@guichet/local-stack/buy/read-stack';
import type { DemoAccounts } from '@guichet/local-stack/demo/accounts';
import type { Credentials } from '@guichet/local-stack/demo/sign-in';
import { createGuest, type Guest } from '@guichet/local-stack/e2e/guest';
import { signInStaff } from '@guichet/local-stack/e2e/organiser';
import type { Cluster } from '../cluster/find-cluster.ts';
import { clusterFile } from '../deploy/cluster-file.ts';

/** A deployed Guichet and who acts in it, all by the front door. */
export type World = {
  readonly cluster: Cluster;
  readonly stackFile: string;
  readonly api: Client;
  readonly guest: Guest;
  readonly staff: Credentials;
};

export async function enterWorld(cluster: Cluster): Promise<World> {
  const stack = JSON.parse(readFileSync(clusterFile, 'utf8')) as Stack & {
    accounts: DemoAccounts;
  };
  const api = createClient({ baseUrl: stack.gateway, fetch });
  return {
    cluster,
    stackFile: clusterFile,
    api,
    guest: createGuest(api, stack),
    staff: await signInStaff(api, stack.accounts.admin),
  };
}
