import { type Hearing, type Talk, talkTo } from '../talk.ts';

export type ElementFrame = Talk & {
  readonly iframe: HTMLIFrameElement;
  resize(height: number): void;
  close(): void;
};

/** What the frame says it needs with its usual appearance, so that nothing moves when it says so. */
const usualHeight = (width: number): number => (width < 440 ? 216 : 202);

const style = {
  display: 'block',
  width: '100%',
  border: '0',
  margin: '0',
  overflow: 'hidden',
  // A frame whose scheme differs from the page's would be painted white behind its own colours.
  'color-scheme': 'light only',
};

let opened = 0;

/** Puts a frame of the stand-in's own origin into a page: a card's number never meets the page. */
export const openFrame = (
  container: Element,
  { origin, title, hearing }: { origin: string; title: string; hearing: Hearing },
): ElementFrame => {
  const iframe = document.createElement('iframe');
  opened += 1;
  iframe.name = `__privateStripeFrame${opened}`;
  iframe.title = title;
  for (const [name, value] of Object.entries(style)) iframe.style.setProperty(name, value);
  iframe.style.height = `${usualHeight(container.clientWidth)}px`;
  // The frame speaks to nobody but the origin that it is told of here.
  iframe.src = `${origin}/v3/elements-inner-payment.html#${encodeURIComponent(location.origin)}`;

  const talk = talkTo(() => iframe.contentWindow, origin, hearing);
  container.replaceChildren(iframe);
  return {
    ...talk,
    iframe,
    resize: (height) => {
      iframe.style.height = `${height}px`;
    },
    close: () => {
      talk.end();
      iframe.remove();
    },
  };
};
