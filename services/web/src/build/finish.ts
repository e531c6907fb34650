import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const service = join(import.meta.dirname, '../..');
const folder = join(service, 'dist');
const worthIt = /\.(js|css|svg|json|webmanifest|txt)$/;

cpSync(join(service, 'public'), join(folder, 'public'), { recursive: true });

/** Once, as small as can be, so that no request has to: sirv sends what lies beside a file. */
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !worthIt.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}
