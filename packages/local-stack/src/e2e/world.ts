import { type Client, createClient } from '@guichet/contracts/client';
import type { Credentials } from '../demo/sign-in.ts';
import { trusting } from '../stack/trusting.ts';
import { createGuest, type Guest } from './guest.ts';
import { signInStaff } from './organiser.ts';
import { type OwnStack, type OwnStackOptions, startOwnStack } from './own-stack.ts';

export type World = OwnStack & {
  api: Client;
  guest: Guest;
  staff: Credentials;
};

/** A stack of its own, and who sells and buys there. */
export const startWorld = async (options: OwnStackOptions): Promise<World> => {
  const own = await startOwnStack(options);
  try {
    const { gateway, certificate, accounts } = own.stack.stack;
    const api = createClient({ baseUrl: gateway, fetch: trusting(certificate) });
    const staff = await signInStaff(api, accounts.admin);
    return { ...own, api, staff, guest: createGuest(api, own.stack.stack) };
  } catch (error) {
    await own.end();
    throw error;
  }
};
