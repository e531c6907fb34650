import type {
  StripeElementsOptionsClientSecret,
  StripeError,
  StripePaymentElementOptions,
} from '@stripe/stripe-js';
import type { Api, Result } from '../api.ts';
import type { FrameSettings } from '../settings.ts';
import { type Language, languageOf } from '../words.ts';
import { IntegrationError, refuseSecret } from './integration-error.ts';
import { createPaymentElement } from './payment-element.ts';

/** What `confirmPayment` needs of a group and the page does not see. */
type Confirmable = {
  language(): Language;
  confirm(params: object): Promise<Result>;
};

const groups = new WeakMap<object, Confirmable>();

export const groupOf = (elements: object | undefined): Confirmable => {
  const group = groups.get(elements ?? {});
  if (group) return group;
  throw new IntegrationError(
    'Invalid value for stripe.confirmPayment(): elements should be an object created by stripe.elements().',
  );
};

type Submitted =
  | { selectedPaymentMethod: string; error?: undefined }
  | { error: StripeError; selectedPaymentMethod?: undefined };

/** A group of elements, which is one Payment Element here. */
export const createElements = (
  { origin, key, locale, api }: { origin: string; key: string; locale?: string; api: Api },
  given: StripeElementsOptionsClientSecret,
) => {
  const { clientSecret = '' } = given;
  refuseSecret('elements()', clientSecret);
  let options = given;
  let payment: ReturnType<typeof createPaymentElement> | undefined;
  const updated = new Set<() => void>();

  const settings = (): FrameSettings => ({
    key,
    clientSecret,
    language: languageOf(options.locale ?? locale, navigator.language),
    appearance: options.appearance ?? {},
  });
  const mounted = (caller: string) => {
    const frame = payment?.frame();
    if (frame) return frame;
    throw new IntegrationError(
      `Invalid value for ${caller}: elements should have a mounted Payment Element or Express Checkout Element.`,
    );
  };
  const refuseOthers = (type: string) => {
    if (type === 'payment') return;
    throw new IntegrationError(`This stand-in has the Payment Element alone; not ${type}.`);
  };

  const elements = {
    create: (type: string, elementOptions: StripePaymentElementOptions = {}) => {
      refuseOthers(type);
      if (payment) throw new IntegrationError('Can only create one Element of type payment.');
      const forget = () => {
        payment = undefined;
      };
      payment = createPaymentElement({ origin, settings, forget }, elementOptions);
      return payment.element;
    },
    getElement: (type: string) => (type === 'payment' ? (payment?.element ?? null) : null),
    update: async (changes: Partial<StripeElementsOptionsClientSecret>) => {
      options = { ...options, ...changes };
      await payment?.frame()?.ask('settings', settings());
      for (const handler of updated) handler();
    },
    on: (_type: 'update-end', handler: () => void) => void updated.add(handler),
    fetchUpdates: async () => {
      const { error } = await api.intent(clientSecret);
      return error ? { error: { message: error.message ?? '' } } : {};
    },
    submit: async () => (await mounted('elements.submit()').ask('submit')) as Submitted,
  };
  groups.set(elements, {
    language: () => settings().language,
    confirm: async (params) =>
      (await mounted('stripe.confirmPayment()').ask('confirm', params)) as Result,
  });
  return elements;
};
