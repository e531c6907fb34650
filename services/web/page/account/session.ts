import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, Refused } from '../api/call.ts';
import { forgetAll } from '../bookings/device-bookings.ts';
import { forgetPasses } from '../bookings/pass-store.ts';
import { device, tab } from '../storage.ts';

/*
 * The session is in cookies that no script reads. Whether there is one is remembered here, so that
 * nobody asks who they are who never signed in.
 */
const place = 'guichet.signed-in';
const isSignedIn = () => device.get(place) !== null;

const me = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    try {
      return await call('get /api/me', {});
    } catch (error) {
      // The session has ended: nobody asks again.
      if (error instanceof Refused && error.status === 401) device.remove(place);
      throw error;
    }
  },
  retry: false,
  staleTime: 60_000,
});

/** Who is signed in; undefined for a guest. */
export function useMe() {
  const asked = useQuery({ ...me, enabled: isSignedIn() });
  return asked.error instanceof Refused ? undefined : asked.data;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      call('post /api/auth/login', { body: { ...credentials, cookies: true } }),
    onSuccess: () => {
      device.set(place, '1');
      return client.invalidateQueries();
    },
  });
}

/** Leaves nothing behind that the next person at this device could open: the page begins anew. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => call('post /api/auth/logout', { body: {} }),
    onSettled: () => {
      device.remove(place);
      forgetAll();
      forgetPasses();
      tab.clear();
      location.assign('/');
    },
  });
