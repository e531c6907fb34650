import { serviceNames } from '../../catalogue.ts';
import type { Values } from './values.ts';

/** What no schema sees: values that are each right and cannot be together. Empty when all is well. */
function complaints({ exposure, drain, networkPolicy, services }: Values): string[] {
  const said: string[] = [];
  const { type, host, anyHost, gateway } = exposure;
  if (type !== 'none' && host === '' && !anyHost) {
    said.push(
      `exposure.type is ${type}, but exposure.host is empty: say the name that customers type, or set exposure.anyHost=true to take any (development only).`,
    );
  }
  if (type === 'gateway' && gateway.name === '') {
    said.push(
      'exposure.type is gateway, but exposure.gateway.name is empty: name the Gateway that the route belongs to (kubectl get gateways -A lists them).',
    );
  }
  if (gateway.className !== '' && gateway.namespace !== '') {
    said.push(
      'exposure.gateway.className makes a Gateway in the release’s own namespace, so exposure.gateway.namespace must be empty: leave out one of the two.',
    );
  }
  if (drain.graceSeconds < drain.preStopSeconds + 15) {
    said.push(
      `drain.graceSeconds (${drain.graceSeconds}) must be at least 15 more than drain.preStopSeconds (${drain.preStopSeconds}): callers let go and requests under way end in what is left.`,
    );
  }
  for (const name of serviceNames) {
    const { min, max, enabled, keda } = services[name].autoscaling;
    if (min > max) {
      said.push(
        `services.${name}.autoscaling.min (${min}) is above its max (${max}): lower min or raise max.`,
      );
    }
    if (keda.enabled && !enabled) {
      said.push(
        `services.${name}.autoscaling.keda.enabled is true, but autoscaling.enabled is false: enable both, or neither.`,
      );
    }
  }
  if (networkPolicy.enabled && networkPolicy.dns.length === 0) {
    said.push(
      'networkPolicy.dns is empty, so nobody would find anybody: name the peers that answer DNS, or set networkPolicy.enabled=false.',
    );
  }
  return said;
}

/** Throws one error with a sentence for everything that cannot be; the chart says the same. */
export function checkValues(values: Values): void {
  const said = complaints(values);
  if (said.length > 0) throw new Error(`These values cannot be installed:\n${said.join('\n')}`);
}
