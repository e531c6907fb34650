import type { BegunPayment } from '@guichet/contracts/payments';
import type { Stripe, StripeElements, StripeError } from '@stripe/stripe-js';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { appearanceAt, whenLightChanges } from './appearance.ts';
import { loadStripe } from './load-stripe.ts';

type Card = Extract<BegunPayment, { provider: 'stripe' }>;
type Mounted = { readonly stripe: Stripe; readonly elements: StripeElements };

/** What came of trying to pay, in words where it was refused; without them nobody knows. */
type Outcome = { state: 'paid' | 'over' | 'incomplete' } | { state: 'refused'; words?: string };

/**
 * How a payment stands that was not simply paid, by the provider’s own books: an answer that was
 * lost on its way is asked for again by browsers themselves, and refused as done; another tab may
 * have paid; and what is no longer held is cancelled.
 */
async function outcomeOf(
  error: StripeError,
  stripe: Stripe,
  clientSecret: string,
): Promise<Outcome> {
  // What is wrong with a field stands beside it, in the form itself.
  if (error.type === 'validation_error') return { state: 'incomplete' };
  const intent =
    error.payment_intent ?? (await stripe.retrievePaymentIntent(clientSecret)).paymentIntent;
  if (intent?.status === 'succeeded' || intent?.status === 'processing') return { state: 'paid' };
  if (intent?.status === 'canceled') return { state: 'over' };
  return { state: 'refused', ...(intent && error.message && { words: error.message }) };
}

async function confirm(
  { stripe, elements }: Mounted,
  clientSecret: string,
  returnTo: string,
): Promise<Outcome> {
  const { error } = await stripe.confirmPayment({
    elements,
    confirmParams: { return_url: returnTo },
    redirect: 'if_required',
  });
  return error ? outcomeOf(error, stripe, clientSecret) : { state: 'paid' };
}

/** The form of whoever is paid, in the colours of the page that it stands in. */
function useElement(payment: Card) {
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const [mounted, setMounted] = useState<Mounted>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another element
  useEffect(() => {
    let gone = false;
    let unmount = () => {};
    const fail = () => !gone && setFailed(true);
    setFailed(false);
    loadStripe(payment.publishableKey, language).then((stripe) => {
      const { current } = place;
      if (gone || !current) return;
      const elements = stripe.elements({
        clientSecret: payment.clientSecret,
        locale: language,
        appearance: appearanceAt(current),
      });
      const element = elements.create('payment');
      element.on('ready', () => !gone && setMounted({ stripe, elements }));
      element.on('loaderror', fail);
      element.mount(current);
      const leave = whenLightChanges(
        () => void elements.update({ appearance: appearanceAt(current) }),
      );
      unmount = () => {
        leave();
        element.destroy();
      };
    }, fail);
    return () => {
      gone = true;
      unmount();
    };
  }, [payment.clientSecret, language, attempt]);

  return { place, mounted, failed, again: () => setAttempt((nth) => nth + 1) };
}

export function PaymentForm({
  payment,
  returnTo,
  label,
  onPaid,
  onOver,
  children,
}: {
  payment: Card;
  /** Where a bank that needs the whole window sends the customer back to. */
  returnTo: string;
  label: string;
  onPaid: () => void;
  /** The places are no longer held, and nothing can be paid. */
  onOver: () => void;
  children?: React.ReactNode;
}) {
  const { place, mounted, failed, again } = useElement(payment);
  const [paying, setPaying] = useState(false);
  const [refused, setRefused] = useState<{ words?: string }>();

  async function pay(event: FormEvent) {
    event.preventDefault();
    if (!mounted || paying) return;
    setPaying(true);
    setRefused(undefined);
    const outcome = await confirm(mounted, payment.clientSecret, returnTo).catch(
      (): Outcome => ({ state: 'refused' }),
    );
    if (outcome.state === 'paid') return onPaid();
    setPaying(false);
    if (outcome.state === 'over') onOver();
    if (outcome.state === 'refused') setRefused(outcome);
  }

  return (
    <form onSubmit={pay} className="grid gap-5">
      <h2 className="text-title">{t('checkout.payment')}</h2>
      {refused && (
        <Notice kind="stop" title={t(refused.words ? 'checkout.declined' : 'problem.unanswered')}>
          <p>{refused.words}</p>
          <p>{t('checkout.declinedHint')}</p>
        </Notice>
      )}
      {failed && (
        <Notice kind="stop" title={t('checkout.paymentUnavailable')}>
          <div>
            <Button look="plain" onClick={again}>
              {t('common.retry')}
            </Button>
          </div>
        </Notice>
      )}
      <div className="relative min-h-64">
        {!mounted && !failed && <Skeleton className="absolute inset-0" />}
        <div ref={place} className="relative" />
      </div>
      <Button type="submit" busy={!mounted || paying}>
        {paying ? t('checkout.paying') : label}
      </Button>
      {children}
    </form>
  );
}
