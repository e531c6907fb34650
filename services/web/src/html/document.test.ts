import { expect, test } from 'vitest';
import { createDocument } from './document.ts';

const template = '<html lang="en"><head><!--head--></head><body><!--start--></body></html>';
const document = createDocument({
  template,
  publicUrl: 'https://guichet.example',
  start: { stripeJsUrl: 'https://js.stripe.com/v3/' },
});
const head = { title: 'Jazz', description: 'A trio', canonicalPath: '/offerings/1' };

test('says its language, and where it is in the others', () => {
  const html = document('de', head);

  expect(html).toContain('<html lang="de">');
  expect(html).toContain('<title>Jazz</title>');
  expect(html).toContain('<link rel="canonical" href="https://guichet.example/de/offerings/1">');
  expect(html.match(/rel="alternate"/g)).toHaveLength(5);
  expect(html).toContain('hreflang="it" href="https://guichet.example/it/offerings/1"');
});

test('what is one person’s own is found by nobody', () => {
  const html = document('fr', { title: 'x', description: 'y' });

  expect(html).toContain('<meta name="robots" content="noindex">');
  expect(html).not.toContain('canonical');
});

test('nothing that an organiser writes becomes markup', () => {
  const bad = '</title></script><script>alert("1")</script>$&\'';
  const html = document(
    'fr',
    { ...head, title: bad, description: bad, structured: { name: bad } },
    [{ key: ['offering', '1'], data: { title: bad } }],
  );

  expect(html).not.toContain('<script>alert');
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).toContain('&lt;/title&gt;&lt;/script&gt;');
});

test('the scripts find what they need to begin with', () => {
  const html = document('fr', head, [{ key: ['offering', '1'], data: { id: '1' } }]);
  const [, json = ''] =
    /<script type="application\/json" id="start">(.*?)<\/script>/s.exec(html) ?? [];

  expect(JSON.parse(json)).toEqual({
    stripeJsUrl: 'https://js.stripe.com/v3/',
    seed: [{ key: ['offering', '1'], data: { id: '1' } }],
  });
});
