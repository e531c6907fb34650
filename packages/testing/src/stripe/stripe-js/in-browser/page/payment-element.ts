import type { StripeError, StripePaymentElementOptions } from '@stripe/stripe-js';
import type { FrameSettings } from '../settings.ts';
import { words } from '../words.ts';
import { createEvents, type ElementEvents } from './element-events.ts';
import { type ElementFrame, openFrame } from './element-frame.ts';
import { IntegrationError } from './integration-error.ts';

/** What an element has from the group that it belongs to. */
export type Group = {
  readonly origin: string;
  settings(): FrameSettings;
  /** The element is destroyed; another may be created. */
  forget(): void;
};

/** A frame that says nothing for so long will not come. */
const patienceMs = 15_000;

const containerOf = (target: string | Element): Element => {
  const found = typeof target === 'string' ? document.querySelector(target) : target;
  if (found) return found;
  throw new IntegrationError(
    typeof target === 'string'
      ? `The selector you specified (${target}) applies to no DOM elements that are currently on the page. Make sure the element exists on the page before calling mount().`
      : 'Missing argument. Make sure to call mount() with a valid DOM element or selector.',
  );
};

/** The frame of an element, there while it is mounted. */
const createMounting = (
  group: Group,
  options: StripePaymentElementOptions,
  events: ElementEvents,
) => {
  let frame: ElementFrame | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const failToLoad = (error: StripeError) => {
    clearTimeout(patience);
    events.emit('loaderror', { error });
  };
  const unmount = () => {
    clearTimeout(patience);
    frame?.close();
    frame = undefined;
  };
  const hearing = {
    hello: () => {
      clearTimeout(patience);
      frame?.say('start', { ...group.settings(), options });
    },
    height: (height: number) => frame?.resize(height),
    ready: () => events.emit('ready'),
    loaderror: failToLoad,
    change: (detail: object) => events.emit('change', detail),
    focus: () => events.emit('focus'),
    blur: () => events.emit('blur'),
    escape: () => events.emit('escape'),
    // As in a field of the page's own form.
    enter: () => frame?.iframe.closest('form')?.requestSubmit(),
  };
  return {
    frame: () => frame,
    unmount,
    mount: (target: string | Element) => {
      const container = containerOf(target);
      unmount();
      const { frame: title, api_connection_error: message } = words[group.settings().language];
      frame = openFrame(container, { origin: group.origin, title, hearing });
      events.emit('loaderstart');
      patience = setTimeout(
        () => failToLoad({ type: 'api_connection_error', message }),
        patienceMs,
      );
    },
  };
};

/** The Payment Element, for cards alone. */
export const createPaymentElement = (group: Group, given: StripePaymentElementOptions) => {
  const options = { ...given };
  const events = createEvents();
  const { frame, mount, unmount } = createMounting(group, options, events);
  let destroyed = false;
  const refuseDestroyed = () => {
    if (!destroyed) return;
    throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
  };

  const element = {
    on: (...[type, handler]: Parameters<ElementEvents['add']>) => {
      events.add(type, handler);
      return element;
    },
    once: (...[type, handler]: Parameters<ElementEvents['add']>) => {
      events.addOnce(type, handler);
      return element;
    },
    off: (...[type, handler]: Parameters<ElementEvents['remove']>) => {
      events.remove(type, handler);
      return element;
    },
    mount: (target: string | Element) => {
      refuseDestroyed();
      mount(target);
    },
    unmount,
    destroy: () => {
      unmount();
      destroyed = true;
      group.forget();
    },
    update: (changes: Partial<StripePaymentElementOptions>) => {
      refuseDestroyed();
      Object.assign(options, changes);
      frame()?.say('options', options);
      return element;
    },
    collapse: () => element,
    focus: () => frame()?.say('focus'),
    blur: () => frame()?.say('blur'),
    clear: () => frame()?.say('clear'),
  };
  return { element, frame };
};
