import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { scriptJson } from '../src/html/escape.ts';

const service = join(import.meta.dirname, '..');
const folder = join(service, 'dist');
const worthIt = /\.(html|js|css|svg|json|webmanifest|txt)$/;

const template = readFileSync(join(folder, 'index.html'), 'utf8');

/** The page without a word of any offering: what opens where there is no network. */
function writeShell(): void {
  const start = `<script type="application/json" id="start">${scriptJson({ seed: [] })}</script>`;
  const shell = template
    .replace('<!--head-->', '<title>Guichet</title>')
    .replace('<!--start-->', start);
  writeFileSync(join(folder, 'public/shell.html'), shell);
}

/** Another build is another version, which forgets the files of the one before. */
function writeServiceWorker(): void {
  const files = readdirSync(join(folder, 'assets')).map((name) => `/assets/${name}`);
  const version = createHash('sha256').update(template).update(files.join()).digest('hex');
  const worker = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
  writeFileSync(
    join(folder, 'public/sw.js'),
    worker
      .replace("'guichet-VERSION'", `'guichet-${version.slice(0, 12)}'`)
      .replace("['FILES']", JSON.stringify(files)),
  );
}

/** Once, as small as can be, so that no request has to: sirv sends what lies beside a file. */
function compressAll(): void {
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
}

cpSync(join(service, 'public'), join(folder, 'public'), { recursive: true });
writeShell();
writeServiceWorker();
compressAll();
