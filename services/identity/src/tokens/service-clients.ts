import { createHash, timingSafeEqual } from 'node:crypto';

/** Decides whether somebody is the service they say they are. */
export type ServiceClients = { knows(name: string, secret: string): boolean };

const entry = /^([a-z][a-z0-9-]*):([0-9a-f]{64})$/;

/**
 * Reads `reservation:<sha256 of its secret, hex>,payment:…`. A name may come twice, with the old
 * and the new secret, while one replaces the other. Throws on an entry of another form.
 *
 * Secrets are 256 bits of chance that no person chose, so a plain hash keeps them well enough.
 */
export function createServiceClients(text: string): ServiceClients {
  const clients = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, name, hash] = entry.exec(part) ?? [];
      if (!name || !hash) throw new Error('Write each client as name:sha256hex.');
      return { name, hash: Buffer.from(hash, 'hex') };
    });

  return {
    knows(name, secret) {
      const shown = createHash('sha256').update(secret).digest();
      // Every entry is compared, so that time says nothing of the names there are.
      const matches = clients.map(
        (client) => timingSafeEqual(client.hash, shown) && client.name === name,
      );
      return matches.includes(true);
    },
  };
}
