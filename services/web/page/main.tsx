import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { isEmbedded } from './embed/embed.ts';
import { tab } from './storage.ts';
import './styles.css';

/** After a release the files of the one before are gone: the page begins anew, once. */
window.addEventListener('vite:preloadError', () => {
  const last = Number(tab.get('guichet.reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  tab.set('guichet.reloaded', String(Date.now()));
  location.reload();
});

const place = document.getElementById('page');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

// It makes passes open without a network; a browser that has none of it shows them with one.
if ('serviceWorker' in navigator && import.meta.env.PROD && !isEmbedded) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch(() => {});
  });
}
