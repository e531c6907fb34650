import type { Tools } from '../tools.ts';
import {
  gatewayApi,
  gatewayClass,
  metricsApi,
  podSecurity,
  serverVersion,
  storageClass,
} from './api-checks.ts';
import type { Check, Finding } from './finding.ts';
import { networkPolicies } from './policy-check.ts';
import { room } from './room-check.ts';

const checks: readonly Check[] = [
  serverVersion,
  metricsApi,
  storageClass,
  gatewayApi,
  gatewayClass,
  podSecurity,
  networkPolicies,
  room,
];

/** What of everything that Guichet counts on a cluster has; it only reads. */
export const examine = (tools: Tools): Promise<Finding[]> =>
  Promise.all(checks.map((check) => check(tools)));

const marks = { ok: 'ok', missing: 'MISSING', unknown: '?' } as const;

export const findingLine = (finding: Finding): string => {
  const line = `${marks[finding.state].padEnd(8)} ${finding.says}`;
  return finding.state === 'ok' ? line : `${line}\n         → ${finding.todo}`;
};
