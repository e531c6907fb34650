import type { ServiceName } from '@guichet/cdk8s/catalogue';
import { guichet, namespace } from '../deploy/release.ts';
import type { Tools } from '../tools.ts';

const script = `
const [host, port] = process.argv.slice(1);
const socket = require('node:net').connect({ host, port: Number(port), timeout: 4000 });
const end = (word) => { console.log(word); process.exit(0); };
socket.once('connect', () => end('connected'));
socket.once('timeout', () => end('nothing'));
socket.once('error', ({ code }) => end(code));
`;

/** What becomes of a connection from a service’s own pod: \`connected\`, \`nothing\` or an error’s code. */
export async function connectFrom(
  { kubectl }: Tools,
  service: ServiceName,
  host: string,
  port: number,
): Promise<string> {
  const answer = await kubectl(
    ...['exec', '-n', namespace, `deployment/${guichet}-${service}`, '-c', service, '--'],
    ...['node', '-e', script, host, String(port)],
  );
  return answer.trim();
}
