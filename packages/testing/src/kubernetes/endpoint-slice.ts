/** An EndpointSlice (discovery.k8s.io/v1), as far as discovery reads it. */
export type EndpointSlice = {
  metadata: { name: string; resourceVersion?: string; labels: Record<string, string> };
  addressType: 'IPv4' | 'IPv6' | 'FQDN';
  ports: { name?: string; port?: number; protocol?: string }[];
  endpoints: {
    addresses: string[];
    conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
    targetRef?: { kind: string; name: string; uid: string };
  }[];
};

export const ready = { ready: true, serving: true, terminating: false };
export const leaving = { ready: false, serving: true, terminating: true };
export const gone = { ready: false, serving: false, terminating: true };
export const notReady = { ready: false, serving: false, terminating: false };

/** A slice of a service, named like it unless it is one of several. */
export const endpointSlice = (
  service: string,
  endpoints: EndpointSlice['endpoints'],
  {
    name = service,
    addressType = 'IPv4',
    ports = [{ name: 'http', port: 8080 }],
    labels = {},
  }: {
    name?: string;
    addressType?: EndpointSlice['addressType'];
    ports?: EndpointSlice['ports'];
    labels?: Record<string, string>;
  } = {},
): EndpointSlice => ({
  metadata: { name, labels: { 'kubernetes.io/service-name': service, ...labels } },
  addressType,
  ports,
  endpoints,
});
