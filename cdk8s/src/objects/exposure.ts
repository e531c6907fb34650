import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { catalogue, type ServiceName, serviceNames } from '../../catalogue.ts';
import { type Maker, metadataOf, objectName, selectorOf } from '../release.ts';
import { ports } from '../service.ts';

const { IntOrString } = k8s;
const doorName = serviceNames.find((name) => catalogue[name].door) as ServiceName;

/** How customers get in: through a Gateway, an Ingress, or a port of every node. */
export const exposure: Maker = (chart, release) => {
  const { type, nodePort, gateway } = release.values.exposure;
  if (type === 'gateway') {
    if (gateway.className) ownGateway(chart, release);
    httpRoute(chart, release);
  }
  if (type === 'ingress') ingress(chart, release);
  if (nodePort > 0) {
    new k8s.KubeService(chart, 'node-port', {
      metadata: metadataOf(release, 'node-port'),
      spec: {
        type: 'NodePort',
        selector: selectorOf(release, doorName),
        ports: [
          { name: 'http', port: ports.http, targetPort: IntOrString.fromString('http'), nodePort },
        ],
      },
    });
  }
};

const ownGateway: Maker = (chart, release) => {
  const { tlsSecret, gateway } = release.values.exposure;
  new ApiObject(chart, 'gateway', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { ...metadataOf(release, doorName), name: gateway.name },
    spec: {
      gatewayClassName: gateway.className,
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP' },
        ...(tlsSecret
          ? [
              {
                name: 'https',
                port: 443,
                protocol: 'HTTPS',
                tls: { certificateRefs: [{ name: tlsSecret }] },
              },
            ]
          : []),
      ],
    },
  });
};

const httpRoute: Maker = (chart, release) => {
  const { host, gateway } = release.values.exposure;
  const { name, namespace, sectionName } = gateway;
  new ApiObject(chart, 'route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(release, doorName),
    spec: {
      parentRefs: [{ name, ...(namespace && { namespace }), ...(sectionName && { sectionName }) }],
      ...(host && { hostnames: [host] }),
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ name: objectName(release, doorName), port: ports.http }],
        },
      ],
    },
  });
};

const ingress: Maker = (chart, release) => {
  const { host, tlsSecret, ingress: settings } = release.values.exposure;
  const { className, annotations } = settings;
  new k8s.KubeIngress(chart, 'ingress', {
    metadata: {
      ...metadataOf(release, doorName),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      ...(className && { ingressClassName: className }),
      ...(tlsSecret && {
        tls: [{ secretName: tlsSecret, ...(host && { hosts: [host] }) }],
      }),
      rules: [
        {
          ...(host && { host }),
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: objectName(release, doorName), port: { number: ports.http } },
                },
              },
            ],
          },
        },
      ],
    },
  });
};
