import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startChild } from './child.ts';
import { untilListening } from './ports.ts';
import type { Provided } from './provider.ts';

const run = promisify(execFile);

/** Whether a Docker daemon answers; the client alone is no help. */
export const dockerRuns = (): Promise<boolean> =>
  run('docker', ['info', '--format', '{{.ID}}'], { timeout: 5_000 }).then(
    () => true,
    () => false,
  );

/**
 * An image's server on 127.0.0.1, with its data in a volume of its own name. The container runs in
 * the foreground of a client that is our child, and goes when that is ended.
 */
export async function startContainer({
  image,
  port,
  inner,
  scheme,
}: {
  image: string;
  port: number;
  /** The port inside. */
  inner: number;
  /** What stands before the host in the URL, credentials and all. */
  scheme: string;
}): Promise<Provided> {
  const name = `guichet-${image.split(':')[0]?.replace('/', '-')}-${port}`;
  const child = startChild(
    'docker',
    [
      'run',
      '--rm',
      '--name',
      name,
      '-p',
      `127.0.0.1:${port}:${inner}`,
      '-v',
      `${name}:/data/db`,
      image,
    ],
    {},
  );
  const stop = async () => {
    await run('docker', ['stop', name]).catch(() => {});
    await child.stop(10_000);
  };
  try {
    await untilListening(port, { waitMs: 120_000, gaveUp: child.ended });
  } catch (cause) {
    await stop();
    throw new Error(`The container ${image} did not start: ${(cause as Error).message}`, { cause });
  }
  return {
    url: `${scheme}127.0.0.1:${port}`,
    provider: `docker ${image}`,
    stop,
    ended: child.ended,
  };
}
