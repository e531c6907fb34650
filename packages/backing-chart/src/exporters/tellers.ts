import { kubectl } from '../cluster.ts';

/** A pod that tells Prometheus about a server. */
export type Teller = {
  readonly server: string;
  readonly address: string;
  readonly port: number;
  /** What it tells, asked past the network policies. */
  told(): Promise<string>;
};

const label = 'guichet.dev/metrics-of';

/** Whoever in a namespace tells about a server, as Prometheus would find them. */
export async function findTellers(namespace: string): Promise<Teller[]> {
  const { items } = JSON.parse(
    await kubectl('-n', namespace, 'get', 'pods', '-l', label, '-o', 'json'),
  );
  type Found = {
    metadata: { name: string; labels: Record<string, string>; annotations: Record<string, string> };
    status: { podIP: string };
  };
  return (items as Found[]).map(({ metadata, status }) => {
    const port = metadata.annotations['prometheus.io/port'] ?? '';
    const path = metadata.annotations['prometheus.io/path'] ?? '';
    const proxy = `/api/v1/namespaces/${namespace}/pods/${metadata.name}:${port}/proxy${path}`;
    return {
      server: metadata.labels[label] ?? '',
      address: status.podIP,
      port: Number(port),
      told: () => kubectl('get', '--raw', proxy),
    };
  });
}
