import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from './ports.ts';

const run = promisify(execFile);

/** A certificate for localhost, made once with openssl and valid for a year. */
export async function localCertificate(folder: string) {
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  if (existsSync(certFile)) return { certFile, keyFile };
  mkdirSync(folder, { recursive: true });
  try {
    await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '365',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ]);
  } catch (cause) {
    throw new CannotStart(
      'HTTPS=1 needs openssl to make a local certificate: install it (Debian: apt-get install openssl), or start without HTTPS=1.',
      { cause },
    );
  }
  return { certFile, keyFile };
}
