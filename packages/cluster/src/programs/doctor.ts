import { CannotRun } from '../cannot-run.ts';
import { findCluster } from '../cluster/find-cluster.ts';
import { examine, findingLine } from '../doctor/examine.ts';
import { runProgram, say } from '../run-program.ts';

/** `make doctor`: what the cluster lacks, and how to mend it. */
await runProgram(async () => {
  const { tools } = await findCluster();
  const findings = await examine(tools);
  for (const finding of findings) say(findingLine(finding));
  const lacking = findings.filter(({ state }) => state === 'missing').length;
  if (lacking > 0) throw new CannotRun(`The cluster lacks ${lacking} of what Guichet needs.`);
});
