import { relative } from 'node:path';
import { type Cluster, findCluster } from '../cluster/find-cluster.ts';
import { clusterFile } from '../deploy/cluster-file.ts';
import { deploy } from '../deploy/deploy.ts';
import { frontDoor, readDeployOptions, standIns, watchers } from '../deploy/release.ts';
import { runProgram, say } from '../run-program.ts';

const watching = ({ pulls }: Cluster) =>
  Object.entries(watchers)
    .filter(([name]) => pulls || name !== 'grafana')
    .map(([name, url]) => `\n${name} ${url}`)
    .join('');

/** `make deploy`: the charts, the demo, and where the front door is. */
await runProgram(async () => {
  const options = readDeployOptions(process.env);
  const cluster = await findCluster();
  await deploy(cluster, options, say);
  const file = relative(process.cwd(), clusterFile);
  say(`
Guichet ${options.tag} is at ${frontDoor} (API: ${frontDoor}/api/docs)
mail ${standIns.inbox}, payments ${standIns.stripe}; accounts are in ${file}${options.observe ? watching(cluster) : ''}

  GUICHET_STACK=${file} make buy`);
});
