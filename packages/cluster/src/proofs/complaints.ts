import { namespace } from '../deploy/release.ts';
import type { Tools } from '../tools.ts';

const isComplaint = (line: string) => /"level":"(warn|error|fatal)"/.test(line);

/** What the services' pods warned of in the seconds before now. A pod that goes takes its own along. */
export async function complaintsOf(tools: Tools, seconds: number): Promise<string> {
  const said = await tools.kubectl(
    ...['logs', '-n', namespace, '-l', 'app.kubernetes.io/part-of=guichet', '--prefix'],
    ...['--tail=-1', `--since=${seconds}s`, '--max-log-requests=100', '--ignore-errors'],
  );
  return said.split('\n').filter(isComplaint).join('\n');
}
