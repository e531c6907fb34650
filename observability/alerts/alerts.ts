import { objectiveAlerts } from '../objectives/objective-rules.ts';
import type { Pace } from '../rules/pace.ts';
import type { RuleGroup } from '../rules/rule-file.ts';
import { type Alert, alertingRule } from './alert.ts';
import { hotPathAlerts } from './hot-path.ts';
import { logAlerts } from './logs.ts';
import { messagingAlerts } from './messaging.ts';
import { moneyAlerts } from './money.ts';
import { onSaleAlerts } from './on-sale.ts';
import { prescalingAlerts } from './prescaling.ts';
import { serverAlerts } from './servers.ts';
import { serviceAlerts } from './services.ts';
import { telemetryAlerts } from './telemetry.ts';

/** Prometheus’ alerts by the file that they stand in, but those on objectives. */
export const areas = {
  services: serviceAlerts,
  'hot-path': hotPathAlerts,
  'on-sale': onSaleAlerts,
  prescaling: prescalingAlerts,
  money: moneyAlerts,
  messaging: messagingAlerts,
  servers: serverAlerts,
  telemetry: telemetryAlerts,
} as const;
export type Area = keyof typeof areas;
export const areaNames = Object.keys(areas) as Area[];

/** Every alert that anybody can be told of, Loki’s among them. */
export const alerts: readonly Alert[] = [
  ...objectiveAlerts,
  ...Object.values(areas).flat(),
  ...logAlerts,
];

export const groupsOf = (area: Area, pace: Pace): readonly RuleGroup[] => [
  { name: `guichet-${area}`, rules: areas[area].map((alert) => alertingRule(alert, pace)) },
];
