import { startCluster, stopCluster } from '../cluster/start-cluster.ts';
import { runProgram } from '../run-program.ts';

/** `make cluster`, with CLEAN=1 a new one; `make cluster-down` ends it, with KEEP=1 all but a kit’s programs. */
await runProgram(async () => {
  if (process.argv[2] === 'down') await stopCluster({ keep: process.env.KEEP === '1' });
  else await startCluster({ clean: process.env.CLEAN === '1' });
});
