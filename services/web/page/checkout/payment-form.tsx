import type { BegunPayment } from '@guichet/contracts/payments';
import type { Stripe, StripeElements } from '@stripe/stripe-js';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { loadStripe } from './load-stripe.ts';

type Card = Extract<BegunPayment, { provider: 'stripe' }>;
type Mounted = { readonly stripe: Stripe; readonly elements: StripeElements };

/**
 * An answer that was lost on its way is asked for again by browsers themselves, and the second time
 * the provider refuses to do what is done.
 */
const isPaid = (error: { payment_intent?: { status: string } | undefined }): boolean =>
  ['succeeded', 'processing'].includes(error.payment_intent?.status ?? '');

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
      if (gone || !place.current) return;
      const elements = stripe.elements({
        clientSecret: payment.clientSecret,
        locale: language,
        appearance: { theme: 'flat', variables: { fontFamily: 'system-ui' } },
      });
      const element = elements.create('payment');
      element.on('ready', () => !gone && setMounted({ stripe, elements }));
      element.on('loaderror', fail);
      element.mount(place.current);
      unmount = () => element.destroy();
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
  children,
}: {
  payment: Card;
  /** Where a bank that needs the whole window sends the customer back to. */
  returnTo: string;
  label: string;
  onPaid: () => void;
  children?: React.ReactNode;
}) {
  const { place, mounted, failed, again } = useElement(payment);
  const [paying, setPaying] = useState(false);
  const [declined, setDeclined] = useState<string>();

  async function pay(event: FormEvent) {
    event.preventDefault();
    if (!mounted || paying) return;
    setPaying(true);
    setDeclined(undefined);
    const { error } = await mounted.stripe
      .confirmPayment({
        elements: mounted.elements,
        confirmParams: { return_url: returnTo },
        redirect: 'if_required',
      })
      .catch(() => ({
        error: { type: 'api_connection_error', message: undefined, payment_intent: undefined },
      }));
    if (!error || isPaid(error)) return onPaid();
    // What is wrong with a field stands beside it, in the form itself.
    setPaying(false);
    if (error.type !== 'validation_error') {
      setDeclined(error.message ?? t('problem.unanswered'));
    }
  }

  return (
    <form onSubmit={pay} className="grid gap-5">
      <h2 className="text-title">{t('checkout.payment')}</h2>
      {declined && (
        <Notice kind="stop" title={t('checkout.declined')}>
          <p>{declined}</p>
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
