import type { StripeError, StripePaymentElementOptions } from '@stripe/stripe-js';
import { type Api, createApi, type Result } from '../api.ts';
import type { FrameSettings, FrameStart } from '../settings.ts';
import { talkTo } from '../talk.ts';
import { type Language, words } from '../words.ts';
import { dress } from './appearance.ts';
import { createCardForm } from './card-form.ts';

type ConfirmParams = { payment_method_data?: object };

/** The page that opened this frame says where it is; whoever lies about it hears nothing. */
const pageOrigin = decodeURIComponent(location.hash.slice(1));

let language: Language = 'en';
let started: { api: Api; clientSecret: string } | undefined;
let readOnly = false;

const form = createCardForm(() => {
  page.say('change', { ...form.state(), collapsed: false, value: { type: 'card' } });
});

const settle = (settings: FrameSettings): void => {
  language = settings.language;
  form.speak(language);
  dress(settings.appearance);
};

const setOptions = (options: StripePaymentElementOptions): void => {
  readOnly = options.readOnly ?? false;
  form.lock(readOnly);
};

const validationError = (): StripeError | undefined => {
  const code = form.refuse();
  return code && { type: 'validation_error', code, message: words[language][code] };
};

/** An intent that is over takes no card any more. */
const terminal = ['succeeded', 'processing', 'canceled', 'requires_capture'];

const start = async ({ options, ...settings }: FrameStart): Promise<void> => {
  const { key, clientSecret } = settings;
  const api = createApi(location.origin, key, () => language);
  settle(settings);
  setOptions(options);
  const { paymentIntent, error } = await api.intent(clientSecret);
  if (error) return page.say('loaderror', error);
  if (terminal.includes(paymentIntent.status)) {
    return page.say('loaderror', {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: `This PaymentIntent is in a terminal state (${paymentIntent.status}) and cannot be used to initialize Elements.`,
      payment_intent: paymentIntent,
    } as StripeError);
  }
  started = { api, clientSecret };
  document.body.hidden = false;
  announceHeight();
  page.say('ready');
};

const confirm = async (params: ConfirmParams): Promise<Result> => {
  const error = validationError();
  if (error) return { error };
  if (!started) {
    return { error: { type: 'invalid_request_error', message: 'The Element is not ready.' } };
  }
  // What is being paid with cannot be changed on the way.
  form.lock(true);
  const answer = await started.api.confirm(started.clientSecret, {
    ...params,
    payment_method_data: { ...params.payment_method_data, type: 'card', card: form.card() },
  });
  form.lock(readOnly);
  return answer;
};

const page = talkTo(() => window.parent, pageOrigin, {
  start,
  settings: settle,
  options: setOptions,
  submit: () => {
    const error = validationError();
    return error ? { error } : { selectedPaymentMethod: 'card' };
  },
  confirm,
  focus: form.focus,
  blur: () => (document.activeElement as HTMLElement | null)?.blur(),
  clear: form.clear,
});

const announceHeight = (): void => {
  page.say('height', Math.ceil(document.body.getBoundingClientRect().height));
};

new ResizeObserver(() => {
  if (started) announceHeight();
}).observe(document.body);

document.addEventListener('focusin', ({ relatedTarget }) => {
  if (!relatedTarget) page.say('focus');
});
document.addEventListener('focusout', ({ relatedTarget }) => {
  if (!relatedTarget) page.say('blur');
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Enter') page.say('enter');
  if (key === 'Escape') page.say('escape');
});

page.say('hello');
