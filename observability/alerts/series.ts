import { serviceNames } from '@guichet/cdk8s/catalogue';
import type { Duration } from '../rules/pace.ts';

const oneOf = serviceNames.join('|');

/** Of cadvisor and kube-state-metrics: a container is named like its service. */
export const ofContainers = `container=~"${oneOf}"`;
/** Other objects have the release’s name before it: `guichet-reservation`. */
export const named = (label: string, after = ''): string => `${label}=~"(.+-)?(${oneOf})${after}"`;

/**
 * Says by `service` which of them it is about, and only where Guichet is scraped: another’s
 * `api-gateway` is none of ours.
 */
export const whereGuichetIs = (expr: string, label: string, after = ''): string =>
  `label_replace(${expr}, "service", "$2", "${label}", "(.+-)?(${oneOf})${after}")
   and on (namespace) up{job="guichet"}`;

/** It was there within the hour, and none answers any more, gone or silent. */
export const gone = (job: string, within: Duration): string =>
  `count(max_over_time(up{job="${job}"}[${within}])) unless on () count(up{job="${job}"} == 1)`;

/** What a part of the telemetry counts as lost, by the job that it is. */
export const lost = (counter: string, window: Duration): string =>
  `sum by (job) (increase(${counter}[${window}])) > 0`;
