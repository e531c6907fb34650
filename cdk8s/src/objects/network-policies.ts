import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { catalogue, type ServiceName, serviceNames } from '../../catalogue.ts';
import { migrationsOf } from '../facts.ts';
import { type Maker, metadataOf, type Release, selectorOf, valuesOf } from '../release.ts';
import { ports, type Store } from '../service.ts';

const { IntOrString } = k8s;
type Peers = readonly Record<string, unknown>[];

const portOf = (port: number, protocol = 'TCP') => ({
  protocol,
  port: IntOrString.fromNumber(port),
});
const podsOf = (release: Release, name: ServiceName) => ({
  podSelector: { matchLabels: selectorOf(release, name) },
});
const to = (peers: Peers, port: number): k8s.NetworkPolicyEgressRule => ({
  to: [...peers] as k8s.NetworkPolicyPeer[],
  ports: [portOf(port)],
});

const dns = ({ values }: Release): k8s.NetworkPolicyEgressRule => ({
  to: values.networkPolicy.dns as k8s.NetworkPolicyPeer[],
  ports: [portOf(53, 'UDP'), portOf(53)],
});
const toStore = ({ values }: Release, store: Store) => {
  const { to: peers, port } = values.networkPolicy.stores[store];
  return to(peers, port);
};

/** Only what the service declares, and only the ports that it declares. */
function egressOf(release: Release, name: ServiceName): k8s.NetworkPolicyEgressRule[] {
  const { calls, stores, internet, door, kubernetesApi } = catalogue[name];
  const { networkPolicy, telemetry } = release.values;
  const others = serviceNames.filter((other) => other !== name);
  const podsOfAll = (names: readonly ServiceName[]) => names.map((one) => podsOf(release, one));
  return [
    dns(release),
    ...(calls.length > 0 ? [to(podsOfAll(calls), ports.http)] : []),
    // The door shows how everybody is, at /api/health.
    ...(door ? [to(podsOfAll(others), ports.management)] : []),
    ...stores.map((store) => toStore(release, store)),
    ...(internet
      ? [to([{ ipBlock: { cidr: '0.0.0.0/0', except: networkPolicy.internetExcept } }], 443)]
      : []),
    ...(kubernetesApi && networkPolicy.apiServer.to.length > 0
      ? [to(networkPolicy.apiServer.to, networkPolicy.apiServer.port)]
      : []),
    ...(telemetry.endpoint ? [to(networkPolicy.collector.to, networkPolicy.collector.port)] : []),
  ];
}

function ingressOf(release: Release, name: ServiceName): k8s.NetworkPolicyIngressRule[] {
  const callers = serviceNames.filter((other) =>
    (catalogue[other].calls as readonly ServiceName[]).includes(name),
  );
  const doors = serviceNames.filter((other) => catalogue[other].door && other !== name);
  const from = (peers: Peers, port: number) => ({
    from: [...peers] as k8s.NetworkPolicyPeer[],
    ports: [portOf(port)],
  });
  const podsOfAll = (names: readonly ServiceName[]) => names.map((one) => podsOf(release, one));
  const { monitoring } = release.values.networkPolicy;
  return [
    // Customers come from anywhere.
    ...(catalogue[name].door ? [{ ports: [portOf(ports.http)] }] : []),
    ...(callers.length > 0 ? [from(podsOfAll(callers), ports.http)] : []),
    ...(doors.length > 0 ? [from(podsOfAll(doors), ports.management)] : []),
    ...(monitoring.length > 0 ? [from(monitoring, ports.management)] : []),
  ];
}

/** Deny everything both ways, then what each service declares. */
export const networkPolicies: Maker = (chart, release) => {
  if (!release.values.networkPolicy.enabled) return;
  const policyTypes = ['Ingress', 'Egress'];
  new k8s.KubeNetworkPolicy(chart, 'deny', {
    metadata: metadataOf(release, 'deny'),
    spec: {
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/instance': release.name,
          'app.kubernetes.io/part-of': 'guichet',
        },
      },
      policyTypes,
    },
  });
  for (const name of serviceNames) {
    const manifest = k8s.KubeNetworkPolicy.manifest({
      metadata: metadataOf(release, name),
      spec: {
        podSelector: { matchLabels: selectorOf(release, name) },
        policyTypes,
        ingress: ingressOf(release, name),
        egress: egressOf(release, name),
      },
    });
    manifest.spec.egress.push(...valuesOf(release, name).egress);
    new ApiObject(chart, `${name}-network`, manifest);
    if (!migrationsOf(name)) continue;
    new k8s.KubeNetworkPolicy(chart, `${name}-migrate-network`, {
      metadata: metadataOf(release, `${name}-migrate`),
      spec: {
        podSelector: { matchLabels: selectorOf(release, `${name}-migrate`) },
        policyTypes,
        egress: [dns(release), toStore(release, 'postgres')],
      },
    });
  }
};
