import { dockerRuns } from '@guichet/local-stack/providers/docker';
import { onPath } from '@guichet/local-stack/providers/on-path';
import { CannotBuild } from '../cannot-build.ts';
import { run } from '../run.ts';

export type ToBuild = {
  readonly reference: string;
  readonly dockerfile: string;
  /** The folder that the Dockerfile copies from. */
  readonly context: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970 that the image says it was made at, so that the same makes the same. */
  readonly madeAt: number;
};

export type Builder = {
  readonly name: 'docker' | 'buildah';
  build(image: ToBuild): Promise<void>;
  pull(reference: string): Promise<void>;
  /** The id of an image that is here. */
  idOf(reference: string): Promise<string | undefined>;
  /** The id of an image that is here and has that label. */
  withLabel(label: string, value: string): Promise<string | undefined>;
  tag(id: string, reference: string): Promise<void>;
  /** Removes an image by its name, or by its id if it has no name left; any other is left alone. */
  remove(image: string): Promise<void>;
  /** Runs what the image runs, without any setting, and answers what it said before it ended. */
  trial(reference: string): Promise<string>;
  /** Unpacked, in MB. */
  sizeOf(reference: string): Promise<number>;
};

const flags = (flag: string, values: Readonly<Record<string, string>>) =>
  Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);

const megabytes: Readonly<Record<string, number>> = { B: 1e-6, kB: 1e-3, KB: 1e-3, MB: 1, GB: 1e3 };

/** `132 MB`, as both programs print a size. */
export function readSize(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+) ?([a-zA-Z]+)$/.exec(text) ?? [];
  const size = Number(number) * (megabytes[unit] ?? Number.NaN);
  if (Number.isNaN(size)) throw new Error(`"${text}" is no size.`);
  return size;
}

/** What Docker and buildah have in common: nearly everything, by the same words. */
const commonOf = (program: 'docker' | 'buildah'): Omit<Builder, 'name' | 'build' | 'trial'> => {
  const firstId = async (...args: string[]) => {
    const ids = await run(program, ['images', '--quiet', '--no-trunc', ...args]).catch(() => '');
    return ids.split('\n')[0] || undefined;
  };
  return {
    pull: async (reference) => void (await run(program, ['pull', '--quiet', reference])),
    idOf: (reference) => firstId(reference),
    withLabel: (label, value) => firstId('--filter', `label=${label}=${value}`),
    tag: async (id, reference) => void (await run(program, ['tag', id, reference])),
    remove: async (image) => void (await run(program, ['rmi', image]).catch(() => {})),
    sizeOf: async (reference) =>
      readSize(
        (await run(program, ['images', '--format', '{{.Size}}', reference])).split('\n')[0] ?? '',
      ),
  };
};

const argsOf = ({ reference, dockerfile, context, args = {}, labels }: ToBuild) => [
  ...['--quiet', '--tag', reference, '--file', dockerfile],
  ...flags('--build-arg', args),
  ...flags('--label', labels),
  context,
];

const saidBy = (error: Error): string => error.message;

const docker: Builder = {
  name: 'docker',
  ...commonOf('docker'),
  async build(image) {
    const madeAt = { SOURCE_DATE_EPOCH: String(image.madeAt) };
    await run('docker', ['build', ...argsOf(image)], { env: { ...process.env, ...madeAt } });
  },
  trial: (reference) =>
    run('docker', ['run', '--rm', '--read-only', '--network', 'none', reference]).catch(saidBy),
};

/** A chroot and not a container of its own: it needs nothing of the machine that it runs on. */
const inChroot = ['--isolation', 'chroot'];

const buildah: Builder = {
  name: 'buildah',
  ...commonOf('buildah'),
  async build(image) {
    const reproducibly = ['--timestamp', String(image.madeAt)];
    await run('buildah', ['bud', ...inChroot, ...reproducibly, ...argsOf(image)]);
  },
  async trial(reference) {
    const { OCIv1 } = JSON.parse(await run('buildah', ['inspect', '--type', 'image', reference]));
    const { Entrypoint = [], Cmd = [] } = OCIv1.config;
    const container = await run('buildah', ['from', reference]);
    try {
      const command = [...Entrypoint, ...Cmd];
      return await run('buildah', ['run', ...inChroot, container, '--', ...command]).catch(saidBy);
    } finally {
      await run('buildah', ['rm', container]);
    }
  },
};

/** Docker where a daemon runs, else buildah. */
export async function findBuilder(): Promise<Builder> {
  if (await dockerRuns()) return docker;
  if (await onPath('buildah')) return buildah;
  throw new CannotBuild(
    'Images are built by Docker or by buildah, and neither is here: start Docker, or install buildah (Debian: apt-get install --no-install-recommends buildah).',
  );
}
