import { QueryClient } from '@tanstack/react-query';
import { start } from '../start.ts';
import { Refused } from './call.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    // Without a network one is told so, and not kept waiting.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      // What was refused is refused again; what nobody answered may be answered now.
      retry: (failures, error) => failures < 2 && !(error instanceof Refused && error.status < 500),
    },
  },
});

for (const { key, data } of start.seed) queryClient.setQueryData(key, data);
