import type { Discovery } from '@guichet/discovery/discovery';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { GatewayConfig } from '../config.ts';

/** Where the services are, and where they are managed: as written down, or as Kubernetes says. */
export async function connectDiscovery({
  config,
  logger,
  metrics,
}: {
  config: GatewayConfig;
  logger: Logger;
  metrics: Metrics;
}): Promise<{ services: Discovery; management: Discovery }> {
  if (config.discovery === 'static') {
    return {
      services: createStaticDiscovery(config.services),
      management: createStaticDiscovery(config.management),
    };
  }
  // Kubernetes' client takes 50 MB and half a second: for those alone who use it.
  const { connectKubernetesDiscovery } = await import(
    '@guichet/kubernetes-discovery/kubernetes-discovery'
  );
  return connectKubernetesDiscovery({
    settings: {
      kubeconfig: config.kubeconfig,
      namespace: config.discoveryNamespace,
      selector: config.discoverySelector,
      prefix: config.discoveryPrefix,
      managementPort: config.discoveryManagementPort,
      startMs: config.discoveryStartMs,
    },
    logger,
    metrics,
  });
}
