import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operation } from '@guichet/contracts/operation';
import type { Discovery } from '@guichet/discovery/discovery';
import { Problem, sendProblem } from '@guichet/http/problem';
import { createMetrics } from '@guichet/telemetry/metrics';
import { afterEach } from 'vitest';
import { busy } from '../edge/refuse-busy.ts';
import { type GateKeeper, openGate } from '../gate/gate.ts';
import { createShed } from '../upstreams/shed.ts';
import { createUpstreams } from '../upstreams/upstreams.ts';
import { BrokenAnswer } from './exchange.ts';
import { createForward } from './forward.ts';
import { createStreams } from './streams.ts';

const closing: (() => unknown)[] = [];
/** Ends something after the test, before what was begun earlier. */
export const closeLater = (close: () => unknown) => void closing.push(close);
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Listens on loopback, on a port of its own unless one is named, and answers its origin. */
export async function listen(server: Server, port = 0): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  closeLater(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const service = (answer: (req: IncomingMessage, res: ServerResponse) => void) =>
  listen(createServer(answer));

const operation = { id: 'test', service: 'reservation', responses: {} } as unknown as Operation;
/** What is asked for at this path streams. */
export const livePath = '/live';
/** What does not come in so long on a busy machine does not come. */
const patienceMs = 30_000;

/** The proxying alone of one operation, to the endpoints of the service `reservation`. */
export const gatewayTo = async (...given: Parameters<typeof startGateway>): Promise<string> =>
  (await startGateway(...given)).url;

/** The same, and what it knows of its endpoints. */
export async function startGateway(
  discovery: Discovery,
  settings: {
    bodyLimitBytes?: number;
    openMs?: number;
    connections?: number;
    deadlineMs?: number;
    operation?: Pick<Operation, 'body' | 'bodyLimitBytes' | 'sheds'>;
    /** Of an operation that a gate stands before. */
    operationId?: string;
    gate?: GateKeeper;
  } = {},
  streams = createStreams(),
) {
  const upstreams = createUpstreams({
    discovery,
    settings: {
      connections: settings.connections ?? 16,
      connectTimeoutMs: patienceMs,
      idleMs: 1_000,
      failuresToOpen: 3,
      openMs: settings.openMs ?? 60_000,
    },
  });
  closeLater(() => upstreams.close());
  const live = () => ({
    bodyLimitBytes: settings.bodyLimitBytes ?? 1_000_000,
    keptBodyBytes: 65_536,
    queueBudgetMs: 500,
  });
  const metrics = createMetrics({ service: 'test' });
  const shed = createShed({ upstreams, live, metrics });
  const forward = createForward({
    upstreams,
    streams,
    shed,
    gate: settings.gate ?? openGate,
    live,
  });
  const handle = async (req: IncomingMessage, res: ServerResponse, asked: Operation) => {
    if (shed.refusesAtDoor(asked)) throw busy;
    await forward(req, res, asked, {
      requestId: 'r',
      deadline: Date.now() + (settings.deadlineMs ?? patienceMs),
      host: 'guichet.test',
      protocol: 'http',
      clientAddress: '192.0.2.1',
    });
  };
  const url = await listen(
    createServer((req, res) => {
      const known = {
        ...settings.operation,
        ...operation,
        id: settings.operationId ?? operation.id,
      };
      const asked = req.url === livePath ? { ...known, streams: true as const } : known;
      handle(req, res, asked).catch((error: unknown) => {
        if (error instanceof BrokenAnswer || res.headersSent) res.destroy();
        else if (error instanceof Problem) sendProblem(res, error);
        else res.writeHead(500).end(String(error));
      });
    }),
  );
  return { url, upstreams, shed, metrics };
}
