import { createServer } from 'node:http';
import { type Listening, listening } from '@guichet/testing/listening';

/** As docs/embed.md has it: an element takes its room before the script is there. */
const style = `
  html { background: light-dark(#fffbe6, #14213d); }
  .inline { display: block; min-height: 45rem; }
  .below { height: 60rem; background: light-dark(#ffe8cc, #1d3557); }
`;

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
<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/style.css">
<script async src="${gateway}/widget.js"></script></head>
<body><main><h1>Le théâtre</h1><p><a href="#before">Avant</a></p>${shown}
<p><a href="#after">Après</a></p></main></body></html>`;
  const site = await listening(
    createServer((req, res) => {
      if (req.url === '/style.css') {
        res.setHeader('content-type', 'text/css');
        return res.end(style);
      }
      res.setHeader('content-type', 'text/html');
      res.setHeader(
        'content-security-policy',
        `default-src 'none'; img-src data:; style-src 'self'; script-src ${gateway}; frame-src ${gateway}`,
      );
      return res.end(html());
    }),
  );
  return {
    ...site,
    show(content) {
      shown = content;
    },
  };
}
