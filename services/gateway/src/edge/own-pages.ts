import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDocs } from '../docs/api-docs.ts';
import type { AllHealth } from '../health/all-health.ts';

/** What the gateway answers itself: the state of the house, and the description of its API. */
export function createOwnPages({
  allHealth,
  openApi,
  docs,
}: {
  allHealth: () => Promise<AllHealth>;
  openApi: unknown;
  docs: ApiDocs;
}) {
  const description = Buffer.from(JSON.stringify(openApi));
  const send = (res: ServerResponse, type: string, body: string | Buffer) => {
    res.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
  };

  const pages: Readonly<Record<string, (res: ServerResponse) => Promise<void>>> = {
    '/api/health': async (res) => {
      send(res, 'application/json; charset=utf-8', JSON.stringify(await allHealth()));
    },
    '/api/openapi.json': async (res) => send(res, 'application/json; charset=utf-8', description),
    '/api/docs': async (res) => {
      res.setHeader('content-security-policy', docs.contentSecurityPolicy);
      send(res, 'text/html; charset=utf-8', docs.page);
    },
    '/api/docs/reference.js': async (res) =>
      send(res, 'text/javascript; charset=utf-8', docs.script),
  };

  return {
    /** What answers the path, if it is one of ours. */
    find: ({ method }: IncomingMessage, path: string) =>
      method === 'GET' || method === 'HEAD' ? pages[path] : undefined,
  };
}
export type OwnPages = ReturnType<typeof createOwnPages>;
