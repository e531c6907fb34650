import { type Asked, BadAttribute, inkOn, readAttributes } from './attributes.ts';
import { sheet } from './styles.ts';
import { words } from './words.ts';

/** A script that a page loads by its address knows from it where Guichet is. */
const { origin } = new URL((document.currentScript as HTMLScriptElement).src);

/** What a frame of ours may say; see tell-host.ts in the page. */
type Told = { readonly type?: unknown; readonly height?: unknown };

/** Higher than a purchase can be: a frame cannot push the rest of a page away without end. */
const highestPixels = 20_000;

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}

function frameOf({ address, language, scheme }: Asked): HTMLIFrameElement {
  const frame = make('iframe', { title: words[language].frame, allow: 'payment *' });
  // Where the two differ, browsers paint a ground of their own behind a frame.
  frame.style.colorScheme = scheme;
  frame.src = origin + address;
  return frame;
}

function defineElement(kind: 'offering' | 'organiser') {
  class Guichet extends HTMLElement {
    static observedAttributes = [kind, 'mode', 'language', 'accent', 'scheme'];
    #root = this.attachShadow({ mode: 'open' });
    #frame: HTMLIFrameElement | undefined;
    #dialog: HTMLDialogElement | undefined;
    #drawing = false;

    connectedCallback() {
      addEventListener('message', this.#listen);
      this.#drawSoon();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#listen);
      // A frame that is moved begins anew; a dialog that is gone is closed.
      this.#root.replaceChildren();
    }

    attributeChangedCallback() {
      this.#drawSoon();
    }

    /** Once for all attributes that change together. */
    #drawSoon() {
      if (this.#drawing) return;
      this.#drawing = true;
      queueMicrotask(() => {
        this.#drawing = false;
        if (this.isConnected) this.#draw();
      });
    }

    #draw() {
      this.#root.adoptedStyleSheets = [sheet];
      this.#root.replaceChildren();
      this.#frame = undefined;
      this.#dialog = undefined;
      try {
        const asked = readAttributes(this, kind);
        if (asked.mode === 'inline') this.#drawInline(asked);
        else this.#drawButton(asked);
      } catch (error) {
        if (!(error instanceof BadAttribute)) throw error;
        // biome-ignore lint/suspicious/noConsole: whoever writes the attributes looks there
        console.error(`<guichet-${kind}>: ${error.message}`);
      }
    }

    #drawInline(asked: Asked) {
      this.#frame = frameOf(asked);
      this.#frame.className = 'inline';
      this.#root.append(this.#frame);
    }

    #drawButton(asked: Asked) {
      const { book, close, frame: title } = words[asked.language];
      const button = make('button', { type: 'button' });
      button.part.add('button');
      button.setAttribute('aria-haspopup', 'dialog');
      if (asked.mode === 'button') button.className = 'floating';
      if (asked.accent) {
        button.style.setProperty('--accent', asked.accent);
        button.style.setProperty('--on-accent', inkOn(asked.accent));
      }
      // What stands in the element is the label; without it, one word.
      const label = make('slot', { textContent: book });
      button.append(label);

      const dialog = make('dialog', {});
      dialog.setAttribute('aria-label', title);
      dialog.style.colorScheme = asked.scheme;
      const closing = make('button', { type: 'button', className: 'close', textContent: '×' });
      closing.setAttribute('aria-label', close);
      closing.onclick = () => dialog.close();
      dialog.append(closing);
      button.onclick = () => {
        // Loaded when it is wanted, and kept: who closes it by mistake still has their places.
        if (!this.#frame) {
          this.#frame = frameOf(asked);
          dialog.append(this.#frame);
        }
        dialog.showModal();
      };
      this.#dialog = dialog;
      this.#root.append(button, dialog);
    }

    /** Anybody may send a message to a page: heard is our own frame alone, while it shows our origin. */
    #listen = (event: MessageEvent) => {
      if (event.origin !== origin || !this.#frame) return;
      if (event.source !== this.#frame.contentWindow) return;
      const told: Told = event.data?.guichet ?? {};
      if (told.type === 'escape') this.#dialog?.close();
      if (told.type === 'held' || told.type === 'confirmed') {
        this.dispatchEvent(new CustomEvent(`guichet-${told.type}`, { bubbles: true }));
      }
      if (this.#dialog) return;
      if (told.type === 'height' && Number.isFinite(told.height)) {
        const height = Math.min(Math.max(0, Number(told.height)), highestPixels);
        this.#frame.style.height = `${height}px`;
      }
      if (told.type === 'arrived' && this.#frame.getBoundingClientRect().top < 0) {
        this.#frame.scrollIntoView();
      }
    };
  }
  const name = `guichet-${kind}`;
  // A page that loads the script twice has the first.
  if (!customElements.get(name)) customElements.define(name, Guichet);
}

defineElement('offering');
defineElement('organiser');
