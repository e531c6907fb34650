import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

/** What the page reads, under the keys by which the server may have read it already. */
export const queries = {
  offerings: (
    query: {
      organiserId?: string;
      kind?: 'event' | 'ride' | 'course';
      q?: string;
      place?: string;
      from?: string;
      to?: string;
    } = {},
  ) =>
    queryOptions({
      queryKey: ['offerings', query],
      queryFn: () => call('get /api/offerings', { query: { limit: 100, ...query } }),
    }),
  offering: (id: string) =>
    queryOptions({
      queryKey: ['offering', id],
      queryFn: () => call('get /api/offerings/{id}', { params: { id } }),
    }),
  organiser: (id: string) =>
    queryOptions({
      queryKey: ['organiser', id],
      queryFn: () => call('get /api/organisers/{id}', { params: { id } }),
    }),
  /** Whether somebody has to wait for it; who cannot be told sees the offering as it is. */
  room: (offeringId: string) =>
    queryOptions({
      queryKey: ['room', offeringId],
      // Nobody is kept from an offering by a room that does not answer.
      queryFn: () =>
        call('get /api/offerings/{id}/waiting-room', {
          params: { id: offeringId },
          signal: AbortSignal.timeout(3_000),
        }),
      retry: false,
      staleTime: 60_000,
    }),
  /** With the token of a booking of one's own, so that it is in what is left. */
  availability: (offeringId: string, manageToken?: string) =>
    queryOptions({
      queryKey: ['availability', offeringId],
      queryFn: () =>
        call('get /api/availability', {
          query: { offeringId },
          ...(manageToken && { manageToken }),
        }),
    }),
  booking: (id: string, manageToken: string | undefined) =>
    queryOptions({
      queryKey: ['booking', id],
      queryFn: () =>
        call('get /api/bookings/{id}', { params: { id }, ...(manageToken && { manageToken }) }),
    }),
  entry: (id: string, manageToken: string | undefined) =>
    queryOptions({
      queryKey: ['entry', id],
      queryFn: () =>
        call('get /api/waiting-list/{id}', {
          params: { id },
          ...(manageToken && { manageToken }),
        }),
    }),
  passes: (id: string, manageToken: string | undefined) =>
    queryOptions({
      queryKey: ['passes', id],
      queryFn: () =>
        call('get /api/bookings/{id}/pass', {
          params: { id },
          ...(manageToken && { manageToken }),
        }),
      // Signed once, and good for ever.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  payment: (id: string, manageToken: string | undefined) =>
    queryOptions({
      queryKey: ['payment', id],
      queryFn: () =>
        call('get /api/payments/{id}', { params: { id }, ...(manageToken && { manageToken }) }),
    }),
  cancellation: (id: string, manageToken: string | undefined) =>
    queryOptions({
      queryKey: ['cancellation', id],
      queryFn: () =>
        call('get /api/bookings/{id}/cancellation', {
          params: { id },
          ...(manageToken && { manageToken }),
        }),
      staleTime: 0,
    }),
  myBookings: () =>
    queryOptions({
      queryKey: ['bookings'],
      queryFn: () => call('get /api/bookings', { query: { limit: 100 } }),
    }),
  pages: (organiserId: string) =>
    queryOptions({
      queryKey: ['pages', organiserId],
      queryFn: () =>
        call('get /api/organisers/{id}/pages', { params: { id: organiserId }, query: {} }),
      staleTime: 300_000,
    }),
  page: (organiserId: string, slug: string, version: number | undefined) =>
    queryOptions({
      queryKey: ['page', organiserId, slug, version],
      queryFn: () =>
        call('get /api/organisers/{id}/pages/{slug}', {
          params: { id: organiserId, slug },
          query: { ...(version && { version }) },
        }),
    }),
  nextDates: (offeringIds: readonly string[]) =>
    queryOptions({
      queryKey: ['next-dates', offeringIds],
      queryFn: () => call('get /api/next-dates', { query: { offeringIds: offeringIds.join(',') } }),
      enabled: offeringIds.length > 0,
    }),
  calendar: (query: { organiserId?: string; from?: string; to?: string }) =>
    queryOptions({
      queryKey: ['calendar', query],
      queryFn: () => call('get /api/calendar', { query }),
    }),
};
