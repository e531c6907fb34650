import { createThrottle, type ThrottleLimit, type ThrottleStore } from './throttle.ts';

/** Who tries to sign in, and from where. */
export type Attempted = { email: string; address: string };

/**
 * Two limits on wrong passwords: on one account from one address, and from one address on whatever
 * accounts. There is none on an account from everywhere: that would let a stranger lock its owner
 * out (OWASP API Security 2023, API2).
 */
export function createSignInThrottle(
  store: ThrottleStore,
  limits: { perAccountAndAddress: ThrottleLimit; perAddress: ThrottleLimit },
) {
  const ofAccount = createThrottle('sign_in_account', limits.perAccountAndAddress, store);
  const ofAddress = createThrottle('sign_in_address', limits.perAddress, store);
  const accountKey = ({ email, address }: Attempted) => `${email} ${address}`;

  return {
    /** Counts the attempt as a wrong one until it is known to have succeeded. */
    async attempt(who: Attempted): Promise<void> {
      await ofAddress.take(who.address);
      await ofAccount.take(accountKey(who));
    },
    async succeeded(who: Attempted): Promise<void> {
      await Promise.all([ofAddress.giveBack(who.address), ofAccount.forget(accountKey(who))]);
    },
  };
}
export type SignInThrottle = ReturnType<typeof createSignInThrottle>;
