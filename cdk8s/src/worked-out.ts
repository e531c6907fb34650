import { catalogue, type ServiceName, serviceNames } from '../catalogue.ts';
import { objectName, type Release } from './release.ts';
import { ports } from './service.ts';

/** A service reaches itself without leaving its pod. */
const addressOf = (release: Release, from: ServiceName, to: ServiceName, port: number) =>
  `http://${from === to ? '127.0.0.1' : objectName(release, to)}:${port}`;

/** Whether it needs the Kubernetes API, and its network policy lets it get there. */
const asksKubernetes = ({ values: { networkPolicy } }: Release, name: ServiceName) =>
  catalogue[name].kubernetesApi &&
  (!networkPolicy.enabled || networkPolicy.apiServer.to.length > 0);

/** Settings that follow from where everything is; values may say any of them otherwise. */
const rules: Record<string, (release: Release, name: ServiceName) => string> = {
  ISSUER_URL: ({ values }) => values.publicUrl,
  PUBLIC_URL: ({ values }) => values.publicUrl,
  JWKS_URL: (release, name) =>
    `${addressOf(release, name, 'identity', ports.http)}/.well-known/jwks.json`,
  TOKEN_URL: (release, name) =>
    `${addressOf(release, name, 'identity', ports.http)}/api/auth/token`,
  SERVICES: (release, name) => addresses(release, name, catalogue[name].calls, ports.http),
  MANAGEMENT: (release, name) => addresses(release, name, serviceNames, ports.management),
  RELEASE: ({ name }) => name,
  CLUSTER: (release, name) => (asksKubernetes(release, name) ? 'kubernetes' : 'none'),
  // By EndpointSlices where the Kubernetes API can be reached, else by the names of Services.
  DISCOVERY: (release, name) => (asksKubernetes(release, name) ? 'kubernetes' : 'static'),
  DISCOVERY_SELECTOR: ({ name }) => `app.kubernetes.io/instance=${name}`,
  DISCOVERY_PREFIX: ({ name }) => `${name}-`,
  SERVICE_CLIENT_ID: (_, name) => name,
  // preStop has waited for the endpoints already. Services that call by a name keep connections for
  // four idle seconds: in five, each has been let go with an answer or by its caller, and none is cut.
  DRAIN_MS: () => '5000',
  GRACE_MS: ({ values: { drain } }) => String((drain.graceSeconds - drain.preStopSeconds) * 1_000),
};

const addresses = (
  release: Release,
  from: ServiceName,
  names: readonly ServiceName[],
  port: number,
) => names.map((to) => `${to}=${addressOf(release, from, to, port)}`).join(',');

export const workedOutNames = Object.keys(rules);

export const workedOut = (release: Release, name: ServiceName): Record<string, string> =>
  Object.fromEntries(
    Object.entries(rules).map(([setting, rule]) => [setting, rule(release, name)]),
  );
