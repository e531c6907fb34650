/**
 * A sheet that scripts make is no inline style: it is there under a host's strict policy too. A
 * button's look is the host's to change, by `::part(button)`.
 */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; }
:host([mode=popup]) { display: inline-block; }
:host([mode=button]) { display: contents; }
iframe { display: block; width: 100%; border: 0; background: transparent; }
.inline { min-height: var(--guichet-min-height, 45rem); scroll-margin-top: 1rem; }
button { font: 600 1rem/1.4 system-ui, sans-serif; min-height: 2.75rem; padding: .5rem 1.25rem;
  border: 0; border-radius: .5rem; cursor: pointer;
  background: var(--accent, #1f2328); color: var(--on-accent, #fff); }
button:focus-visible { outline: 3px solid var(--accent, #1f2328); outline-offset: 2px; }
.floating { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000; border-radius: 2rem;
  box-shadow: 0 2px 12px #0005; }
dialog { box-sizing: border-box; width: min(72rem, 100vw - 1rem); max-width: none;
  height: min(60rem, 100dvh - 1rem); max-height: none; padding: 0; border: 0; border-radius: 1rem;
  background: Canvas; color: CanvasText; overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: #0009; }
dialog iframe { flex: 1; }
.close { align-self: end; margin: .5rem; padding: 0; width: 2.75rem; background: none;
  color: inherit; font-size: 1.5rem; line-height: 1; }
.close:focus-visible { outline-color: CanvasText; }
`);
