/*
 * What makes the page open without a network: the files of one build, and an empty page that they
 * fill. Passes are kept by the page itself, where signing out wipes them; no answer of the API is
 * ever kept here. The build writes in VERSION and FILES.
 */
const kept = 'guichet-VERSION';
const shell = '/shell.html';
const files = ['FILES'];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(kept)
      .then((cache) => cache.addAll([shell, ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const forgetOthers = async () => {
    for (const name of await caches.keys()) if (name !== kept) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(forgetOthers());
});

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(shell)) ?? Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate' && !pathname.startsWith('/api/')) {
    event.respondWith(page(request));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
