import { findCluster } from '../cluster/find-cluster.ts';
import { undeploy } from '../deploy/undeploy.ts';
import { runProgram, say } from '../run-program.ts';

/** `make undeploy`: nothing of Guichet is left in the cluster. */
await runProgram(async () => {
  await undeploy(await findCluster());
  say(
    'Nothing of Guichet is left in the cluster: its releases, Secrets, volumes and namespace are gone.',
  );
});
