import { talkTo } from '../talk.ts';

const around = {
  width: '100vw',
  height: '100vh',
  'max-width': 'none',
  'max-height': 'none',
  margin: '0',
  padding: '0',
  border: '0',
  background: 'rgb(0 0 0 / 60%)',
};
const inside = {
  display: 'block',
  width: 'min(100%, 440px)',
  height: 'min(100%, 300px)',
  margin: 'max(0px, 50vh - 150px) auto 0',
  border: '0',
  background: 'white',
};

const dress = (element: HTMLElement, style: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
};

/**
 * Shows the bank's page over the page, and resolves when the customer has answered it, whatever the
 * answer: that is asked of the API. What lies behind can neither be reached nor be scrolled to.
 */
export const askBank = (page: URL, label: string): Promise<void> => {
  const dialog = document.createElement('dialog');
  const iframe = document.createElement('iframe');
  dialog.setAttribute('aria-label', label);
  // The bank waits for an answer, and Escape is none.
  dialog.setAttribute('closedby', 'none');
  iframe.title = label;
  dress(dialog, around);
  dress(iframe, inside);
  dialog.addEventListener('cancel', (event) => event.preventDefault());

  page.searchParams.set('origin', location.origin);
  iframe.src = page.href;
  dialog.append(iframe);
  document.body.append(dialog);
  dialog.showModal();
  // The focus that it had while it was empty did not come along into the bank's document.
  iframe.addEventListener('load', () => {
    iframe.blur();
    iframe.focus();
  });

  return new Promise((resolve) => {
    const talk = talkTo(() => iframe.contentWindow, page.origin, {
      answered: () => {
        talk.end();
        dialog.close();
        dialog.remove();
        resolve();
      },
    });
  });
};
