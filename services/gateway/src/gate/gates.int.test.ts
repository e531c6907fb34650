import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { gates as gatesOperation } from '@guichet/contracts/internal-sales';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { createServiceClient } from '@guichet/http/service-client';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { expect, onTestFinished, test } from 'vitest';
import { createGates } from './gates.ts';

const [offeringId, roomId] = [randomUUID(), randomUUID()];
const gate = { offeringId, roomId, closesAt: '2999-01-01T00:00:00Z' };

/** A waiting room that tells its gates, or not, as it is set. */
async function startRoom() {
  const room = { answers: true, gates: [gate], asked: 0 };
  const server = await listening(
    createServer((_, res) => {
      room.asked += 1;
      if (!room.answers) return void res.destroy();
      const told = { now: new Date().toISOString(), gates: room.gates };
      res.setHeader('content-type', 'application/json').end(JSON.stringify(told));
    }),
  );
  onTestFinished(server.close);
  const client = createServiceClient({
    service: 'waiting-room',
    discovery: createStaticDiscovery(`waiting-room=${server.url}`),
  });
  onTestFinished(client.close);
  const gates = createGates({
    ask: () => client.call(gatesOperation, {}),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test' }),
  });
  onTestFinished(gates.stop);
  return { room, gates };
}

test('a room that is opened or closed is heard of by itself', async () => {
  const { room, gates } = await startRoom();
  room.gates = [];
  await gates.hear();
  expect(gates.find(offeringId)).toBeUndefined();
  gates.start();

  room.gates = [gate];
  await expect.poll(() => gates.find(offeringId)?.roomId).toBe(roomId);
  room.gates = [];
  await expect.poll(() => gates.find(offeringId)).toBeUndefined();
});

test('while the waiting room is away, what it told last counts', async () => {
  const { room, gates } = await startRoom();
  await gates.hear();
  room.answers = false;
  gates.start();
  const { asked } = room;

  await expect.poll(() => room.asked).toBeGreaterThan(asked + 3);

  expect(gates.find(offeringId)?.roomId).toBe(roomId);
  expect(gates.areUnknown()).toBe(false);
});

test('a fresh gateway is not ready until it was told, since it would refuse to sell', async () => {
  const { room, gates } = await startRoom();
  room.answers = false;
  await gates.hear();
  gates.start();
  await expect(gates.known()).rejects.toThrow('has not told yet');

  room.answers = true;

  await expect.poll(() => gates.known()).toBeUndefined();
});
