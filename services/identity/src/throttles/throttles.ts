import type { Pool } from '@guichet/postgres/pool';
import { createSignInThrottle, type SignInThrottle } from './sign-in-throttle.ts';
import { createThrottle, type Throttle, type ThrottleStore } from './throttle.ts';

export type Throttles = { signIn: SignInThrottle; resetMails: Throttle };

export type ThrottleSettings = {
  throttleStore: 'postgres' | 'memory';
  signInFailures: number;
  signInFailuresPerAddress: number;
  resetMailsPerHour: number;
};

const minute = 60;
const hour = 3_600;

export function createThrottles(settings: ThrottleSettings, pool: Pool): Throttles {
  const store: ThrottleStore =
    settings.throttleStore === 'postgres' ? { kind: 'postgres', pool } : { kind: 'memory' };
  return {
    signIn: createSignInThrottle(store, {
      perAccountAndAddress: { points: settings.signInFailures, windowSeconds: 15 * minute },
      perAddress: { points: settings.signInFailuresPerAddress, windowSeconds: hour },
    }),
    resetMails: createThrottle(
      'reset_mail',
      { points: settings.resetMailsPerHour, windowSeconds: hour },
      store,
    ),
  };
}
