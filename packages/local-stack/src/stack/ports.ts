import { isListening } from '../providers/ports.ts';

export type Ports = Record<keyof typeof offsets, number>;

/** What listens where, counted from the gateway's port. RabbitMQ takes the four from its own on. */
const offsets = {
  gateway: 0,
  identity: 1,
  catalog: 2,
  reservation: 3,
  payment: 4,
  notification: 5,
  web: 6,
  stripe: 10,
  inbox: 11,
  smtp: 12,
  postgres: 13,
  mongo: 14,
  rabbit: 15,
  valkey: 19,
} as const;

/** The management port of a service is as far above its own. */
export const managementOffset = 100;

export const portsFrom = (base: number): Ports =>
  Object.fromEntries(
    Object.entries(offsets).map(([name, offset]) => [name, base + offset]),
  ) as Ports;

/** Throws a sentence naming the ports that somebody else has. */
export async function refuseTakenPorts(ports: Ports): Promise<void> {
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
