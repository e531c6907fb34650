import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, use } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation, useParams } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { isEmbedded } from './embed/embed.ts';
import { EmbedLayout } from './embed/embed-layout.tsx';
import { isLanguage } from './i18n/languages.ts';
import { activate, speak } from './i18n/t.ts';
import { Layout } from './layout/layout.tsx';
import { Missing } from './layout/states.tsx';
import { HomePage } from './offerings/home-page.tsx';
import { Skeleton } from './ui/skeleton.tsx';

const OfferingPage = lazy(() => import('./offerings/offering-page.tsx'));
const CheckoutPage = lazy(() => import('./checkout/checkout-page.tsx'));
const MyBookingsPage = lazy(() => import('./bookings/my-bookings-page.tsx'));
const BookingPage = lazy(() => import('./bookings/booking-page.tsx'));
const EntryPage = lazy(() => import('./waiting-list/entry-page.tsx'));
const OrganiserPage = lazy(() => import('./organisers/organiser-page.tsx'));
const WrittenPage = lazy(() => import('./organisers/written-page.tsx'));
const SignInPage = lazy(() => import('./account/sign-in-page.tsx'));
const RegisterPage = lazy(() => import('./account/register-page.tsx'));
const PasswordResetPage = lazy(() => import('./account/password-reset-page.tsx'));

/** Texts come before what is written in them, also when the language changes on the way. */
function Speaking() {
  const { language } = useParams();
  const { pathname, search, hash } = useLocation();
  if (!isLanguage(language)) return <Navigate to={`/en${pathname}${search}${hash}`} replace />;
  use(speak(language));
  activate(language);
  return isEmbedded ? <EmbedLayout /> : <Layout />;
}

const onItsOwn = (
  <Route path="/:language" element={<Speaking />}>
    <Route index element={<HomePage />} />
    <Route path="offerings/:offeringId" element={<OfferingPage />} />
    <Route path="checkout/:bookingId" element={<CheckoutPage />} />
    <Route path="bookings" element={<MyBookingsPage />} />
    <Route path="bookings/:bookingId" element={<BookingPage />} />
    <Route path="waiting-list/:entryId" element={<EntryPage />} />
    <Route path="organisers/:organiserId" element={<OrganiserPage />} />
    <Route path="organisers/:organiserId/pages/:slug" element={<WrittenPage />} />
    <Route path="sign-in" element={<SignInPage />} />
    <Route path="register" element={<RegisterPage />} />
    <Route path="password-reset" element={<PasswordResetPage />} />
    <Route path="*" element={<Missing />} />
  </Route>
);

/** All that there is in a frame: no page where one signs in, none that is an account's. */
const inFrame = (
  <Route path="/:language/embed" element={<Speaking />}>
    <Route path="offerings/:offeringId" element={<OfferingPage />} />
    <Route path="organisers/:organiserId" element={<OrganiserPage />} />
    <Route path="checkout/:bookingId" element={<CheckoutPage />} />
    <Route path="bookings/:bookingId" element={<BookingPage />} />
    <Route path="*" element={<Missing />} />
  </Route>
);

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <BrowserRouter>
      <Suspense fallback={<Skeleton className="h-dvh" />}>
        <Routes>{isEmbedded ? inFrame : onItsOwn}</Routes>
      </Suspense>
    </BrowserRouter>
  </QueryClientProvider>
);
