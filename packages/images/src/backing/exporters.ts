import { fillFromDebian } from '../root/fill-from-debian.ts';
import type { RootImage } from '../root/root-image.ts';

/*
 * Debian's, and not upstream's compiled here as versitygw is: the registry of Go modules does not have
 * theirs. Debian's exporter of MongoDB speaks a protocol that neither MongoDB 8 nor its stand-in
 * knows, so the stand-in tells about itself.
 */
const exporter = (name: string, tag: string): RootImage => ({
  name,
  tag,
  folder: `backing/${name}`,
  inputs: '',
  async fill(root) {
    const packaged = `prometheus-${name}`;
    await fillFromDebian(root, { packages: [packaged], whole: new RegExp(`^${packaged}$`) });
  },
});

export const postgresExporter = exporter('postgres-exporter', '0.11');
export const redisExporter = exporter('redis-exporter', '1.45');
