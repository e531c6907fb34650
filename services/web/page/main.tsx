import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './styles.css';

/** After a release the files of the one before are gone: the page begins anew, once. */
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('guichet.reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('guichet.reloaded', String(Date.now()));
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
if ('serviceWorker' in navigator && import.meta.env.PROD) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch(() => {});
  });
}
