import { CannotRun } from '../cannot-run.ts';
import type { Cluster } from '../cluster/find-cluster.ts';
import { awaitReady } from '../readiness/await-ready.ts';
import { guichet, namespace } from './release.ts';

type Revision = { revision: number; status: string; description: string };

/** The services go back one release; what keeps their data stays as it is. */
export async function rollback(
  { tools }: Cluster,
  { timeoutMs, say }: { timeoutMs: number; say: (line: string) => void },
): Promise<void> {
  const history = await tools
    .helm('history', guichet, '-n', namespace, '-o', 'json')
    .then((text) => JSON.parse(text) as Revision[])
    .catch((cause) => {
      if (cause instanceof CannotRun) throw cause;
      throw new CannotRun('Nothing is deployed: `make deploy` does that.', { cause });
    });
  const [before, now] = history.slice(-2);
  if (!before || !now) {
    throw new CannotRun('There is one release only, so there is none to go back to.');
  }
  await tools.helm('rollback', guichet, String(before.revision), '-n', namespace);
  say(`Going back from release ${now.revision} to ${before.revision}.`);
  await awaitReady({ tools, namespace, timeoutMs, say });
  say('Everything is ready.');
}
