import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';

type Sbom = {
  serialNumber?: string;
  metadata: { timestamp?: string; component: { name: string } };
};

/** Where an image says what it is made of: at /app/sbom.cdx.json in it, and beside it in dist. */
export const sbomFile = 'sbom.cdx.json';

/**
 * What is installed, as CycloneDX. Without the number and the time that npm gives each writing, so
 * that the same packages make the same file.
 */
export async function writeSbom(folder: string, name: string): Promise<void> {
  const written = await run(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--loglevel=error'],
    {
      cwd: folder,
    },
  );
  const sbom = JSON.parse(written) as Sbom;
  delete sbom.serialNumber;
  delete sbom.metadata.timestamp;
  sbom.metadata.component.name = `guichet-${name}`;
  writeFileSync(join(folder, sbomFile), `${JSON.stringify(sbom, null, 2)}\n`);
}
