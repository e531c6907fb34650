import { QueryClientProvider } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  RouterProvider,
  redirect,
} from 'react-router';
import { queryClient } from './api/query-client.ts';
import { isLanguage, speak } from './i18n/i18n.ts';
import { Layout } from './layout/layout.tsx';
import { Missing } from './layout/states.tsx';
import { HomePage } from './offerings/home-page.tsx';

/** Texts come before what is written in them, also when the language changes on the way. */
async function speakIt({ params, request }: LoaderFunctionArgs) {
  const { language } = params;
  if (!isLanguage(language)) return redirect(`/en${new URL(request.url).pathname}`);
  await speak(language);
  return null;
}

const late = (load: () => Promise<ComponentType>) => async () => ({ Component: await load() });

const router = createBrowserRouter([
  {
    path: '/:language',
    loader: speakIt,
    Component: Layout,
    HydrateFallback: () => null,
    children: [
      { index: true, Component: HomePage },
      {
        path: 'offerings/:offeringId',
        lazy: late(async () => (await import('./offerings/offering-page.tsx')).OfferingPage),
      },
      {
        path: 'checkout/:bookingId',
        lazy: late(async () => (await import('./checkout/checkout-page.tsx')).CheckoutPage),
      },
      {
        path: 'bookings',
        lazy: late(async () => (await import('./bookings/my-bookings-page.tsx')).MyBookingsPage),
      },
      {
        path: 'bookings/:bookingId',
        lazy: late(async () => (await import('./bookings/booking-page.tsx')).BookingPage),
      },
      {
        path: 'organisers/:organiserId',
        lazy: late(async () => (await import('./organisers/organiser-page.tsx')).OrganiserPage),
      },
      {
        path: 'sign-in',
        lazy: late(async () => (await import('./account/sign-in-page.tsx')).SignInPage),
      },
      {
        path: 'register',
        lazy: late(async () => (await import('./account/register-page.tsx')).RegisterPage),
      },
      {
        path: 'password-reset',
        lazy: late(
          async () => (await import('./account/password-reset-page.tsx')).PasswordResetPage,
        ),
      },
      { path: '*', Component: Missing },
    ],
  },
]);

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>
);
