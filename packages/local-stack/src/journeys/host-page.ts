import { createServer } from 'node:http';
import { type Listening, listening } from '@guichet/testing/listening';

export type HostPage = Listening & {
  /** What the next visitors of the site see in its middle. */
  show(content: string): void;
};

/**
 * An organiser's own site: another origin, with the strictest policy that the widget needs to work
 * under, and things before and behind the widget that must not move.
 */
export async function startHostPage(gateway: string): Promise<HostPage> {
  let shown = '';
  const html = () => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Théâtre</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script async src="${gateway}/widget.js"></script></head>
<body><main><h1>Le théâtre</h1><p><a href="#before">Avant</a></p>${shown}
<p><a href="#after">Après</a></p></main></body></html>`;
  const site = await listening(
    createServer((_, res) => {
      res.setHeader('content-type', 'text/html');
      res.setHeader(
        'content-security-policy',
        `default-src 'none'; img-src data:; style-src 'self'; script-src ${gateway}; frame-src ${gateway}`,
      );
      res.end(html());
    }),
  );
  return {
    ...site,
    show(content) {
      shown = content;
    },
  };
}
