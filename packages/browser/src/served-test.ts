import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base } from './browser-test.ts';

type Served = { body: string | Buffer; headers?: OutgoingHttpHeaders };

/** A whole page around what a test is about. */
export const html = (body: string, style = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Page</title>
<style>${style}</style>
</head>
<body>${body}</body>
</html>`;

/** `test` with servers of small pages, each at an origin of its own. */
export const test = base.extend<{
  serve(files: Readonly<Record<string, string | Served>>): Promise<string>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture's needs from it
  serve: async ({}, use) => {
    const ends: (() => void)[] = [];
    await use(async (files) => {
      const server = createServer((req, res) => {
        const file = files[req.url ?? '/'];
        const { body, headers } = typeof file === 'object' ? file : { body: file, headers: {} };
        res.writeHead(body === undefined ? 404 : 200, {
          'content-type': 'text/html',
          'content-length': Buffer.byteLength(body ?? ''),
          ...headers,
        });
        res.end(body);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      ends.push(() => {
        server.close();
        server.closeAllConnections();
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    for (const end of ends) end();
  },
});
