import { isListening } from '../providers/ports.ts';

export type Ports = Record<keyof typeof offsets, number>;
export type ObservePorts = Record<keyof typeof observeOffsets, number>;

/** What listens where, counted from the gateway's port. RabbitMQ takes the four from its own on. */
const offsets = {
  gateway: 0,
  identity: 1,
  catalog: 2,
  reservation: 3,
  payment: 4,
  notification: 5,
  web: 6,
  'waiting-room': 7,
  prescaler: 8,
  stripe: 10,
  inbox: 11,
  smtp: 12,
  postgres: 13,
  mongo: 14,
  rabbit: 15,
  valkey: 19,
} as const;

/** What OBSERVE=1 starts. A program that tells of itself where it cannot do so at its own port has two. */
const observeOffsets = {
  prometheus: 40,
  alertmanager: 41,
  loki: 42,
  lokiGrpc: 43,
  jaeger: 44,
  jaegerGrpc: 45,
  jaegerOtlp: 46,
  jaegerMetrics: 47,
  collector: 48,
  collectorMetrics: 49,
  rabbitMetrics: 50,
} as const;

/** The management port of a service is as far above its own. */
export const managementOffset = 100;

const counted = <T extends Record<string, number>>(from: T, base: number) =>
  Object.fromEntries(Object.entries(from).map(([name, offset]) => [name, base + offset])) as Record<
    keyof T,
    number
  >;

export const portsFrom = (base: number): Ports => counted(offsets, base);
export const observePortsFrom = (base: number): ObservePorts => counted(observeOffsets, base);

/** Throws a sentence naming the ports that somebody else has. */
export async function refuseTakenPorts(ports: Record<string, number>): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (await isListening(port)) taken.push(`${port} (${name})`);
  }
  if (taken.length > 0) {
    throw new CannotStart(
      `Something else listens on port ${taken.join(', ')}: end it, or set GUICHET_PORT_BASE to another first port.`,
    );
  }
}

/** A sentence for whoever typed `make start`, rather than a stack trace. */
export class CannotStart extends Error {}
