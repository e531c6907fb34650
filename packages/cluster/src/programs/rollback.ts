import { findCluster } from '../cluster/find-cluster.ts';
import { readDeployOptions } from '../deploy/release.ts';
import { rollback } from '../deploy/rollback.ts';
import { runProgram, say } from '../run-program.ts';

/** `make rollback`: back to the release before. */
await runProgram(async () => {
  const { timeoutMs } = readDeployOptions(process.env);
  await rollback(await findCluster(), { timeoutMs, say });
});
