import { startCluster, stopCluster } from '../cluster/start-cluster.ts';
import { runProgram } from '../run-program.ts';

/** `make cluster`, with CLEAN=1 a new one; `make cluster-down` ends it. */
await runProgram(async () => {
  if (process.argv[2] === 'down') await stopCluster();
  else await startCluster({ clean: process.env.CLEAN === '1' });
});
