import { relative } from 'node:path';
import { findCluster } from '../cluster/find-cluster.ts';
import { clusterFile } from '../deploy/cluster-file.ts';
import { deploy } from '../deploy/deploy.ts';
import { frontDoor, readDeployOptions, standIns } from '../deploy/release.ts';
import { runProgram, say } from '../run-program.ts';

/** `make deploy`: both charts, the demo, and where the front door is. */
await runProgram(async () => {
  const options = readDeployOptions(process.env);
  await deploy(await findCluster(), options, say);
  const file = relative(process.cwd(), clusterFile);
  say(`
Guichet ${options.tag} is at ${frontDoor} (API: ${frontDoor}/api/docs)
mail ${standIns.inbox}, payments ${standIns.stripe}; accounts are in ${file}

  GUICHET_STACK=${file} make buy`);
});
