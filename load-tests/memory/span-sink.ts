import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes the spans that are exported to it, and forgets them: a collector that costs nothing. */
export async function startSpanSink() {
  let batches = 0;
  const server = createServer((req, res) => {
    batches += 1;
    req.resume().once('end', () => res.writeHead(200).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    batches: () => batches,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
