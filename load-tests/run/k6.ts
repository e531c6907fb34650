import { kitEnvironment, kitFolder } from '@guichet/cluster/cluster/kit';
import { execa } from 'execa';
import { CannotLoad } from '../buying/settings.ts';

/** The k6 that scripts, pictures of an image and types are for. */
export const k6Version = '2.2.0';

const howToGet = `k6 is not on the PATH, which makes the load: install k6 ${k6Version} (https://grafana.com/docs/k6/latest/set-up/install-k6), or name in CLUSTER_KIT the folder of a cluster kit that has it.`;

/** Runs k6, which speaks for itself, and answers how it ended: 0, or 99 when a threshold was crossed. */
export async function runK6(
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  const kit = kitFolder();
  const { PATH } = kit ? await kitEnvironment(kit) : process.env;
  const { exitCode, code } = await execa('k6', args, {
    env: { ...env, PATH },
    stdio: 'inherit',
    reject: false,
  });
  if (code === 'ENOENT') throw new CannotLoad(howToGet);
  return exitCode ?? 1;
}
