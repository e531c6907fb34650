import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { objectsOf } from './guichet-chart.ts';
import { readValues } from './values/read-values.ts';

const repository = join(import.meta.dirname, '../..');

/**
 * Writes the objects of a release for `kubectl apply -f` and GitOps, one file for each, the
 * namespace with its label among them: `main.ts [-f values.yaml]… [--name] [--namespace] [--out]`.
 */
function main(): void {
  const { values: asked } = parseArgs({
    options: {
      values: { type: 'string', short: 'f', multiple: true, default: [] },
      name: { type: 'string', default: 'guichet' },
      namespace: { type: 'string', default: 'guichet' },
      out: { type: 'string', default: join(repository, 'dist/manifests') },
    },
  });
  const { name, namespace, out } = asked;
  const values = readValues(asked.values, { namespace: { create: true } });
  const objects = objectsOf({ name, namespace, values });
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [at, object] of objects.entries()) {
    const { kind, metadata } = object as { kind: string; metadata: { name: string } };
    // In this order, so that the namespace is there before what is in it.
    const file = `${String(at).padStart(3, '0')}-${kind}-${metadata.name}.yaml`.toLowerCase();
    writeFileSync(join(out, file), stringify(object, { aliasDuplicateObjects: false }));
  }
  process.stdout.write(`${objects.length} objects in ${relative(process.cwd(), out)}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
