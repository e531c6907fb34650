import { serviceNames } from '@guichet/local-stack/stack/services';
import type { Alertmanager } from '../watchers/alertmanager.ts';
import type { Loki } from '../watchers/loki.ts';
import type { Prometheus, Rule } from '../watchers/prometheus.ts';
import { until } from '../watchers/until.ts';
import type { Check } from './check.ts';

/** Every rule is evaluated once a minute at least; one that was never is not known to be healthy. */
const evaluatedWithinMs = 120_000;

/** How many there are; throws which of them fail. */
export function healthOf(rules: readonly Rule[]): string {
  if (rules.length === 0) throw new Error('none is loaded');
  const ill = rules.filter(({ health, lastError }) => health !== 'ok' || lastError);
  if (ill.length === 0) return `${rules.length} rules, all healthy`;
  const said = ill
    .slice(0, 3)
    .map(({ group, name, health, lastError }) => `${group}/${name}: ${lastError || health}`);
  throw new Error(`${ill.length} of ${rules.length} are not: ${said.join('; ')}`);
}

export const checkRules = (watched: { prometheus: Prometheus; loki: Loki }): Check[] => [
  {
    name: 'rules are loaded in Prometheus',
    advice: 'look at /rules in Prometheus; `make fix` writes their files',
    see: () => until(evaluatedWithinMs, async () => healthOf(await watched.prometheus.rules())),
  },
  {
    name: 'rules are loaded in Loki',
    advice: 'look at /prometheus/api/v1/rules of Loki',
    see: () => until(evaluatedWithinMs, async () => healthOf(await watched.loki.rules())),
  },
];

export const checkTargets = (watched: { prometheus: Prometheus }): Check => ({
  name: 'targets are up',
  advice: 'look at /targets in Prometheus, and at the network policy of what is down',
  see: () =>
    until(evaluatedWithinMs, async () => {
      const targets = await watched.prometheus.targets();
      const down = targets.filter(({ health }) => health !== 'up');
      if (down.length > 0) {
        const said = down.map(({ labels, lastError }) => `${labels.job} ${lastError}`);
        throw new Error(`${down.length} are not: ${said.slice(0, 3).join('; ')}`);
      }
      const seen = new Set(
        targets.filter(({ labels }) => labels.job === 'guichet').map(({ labels }) => labels.app),
      );
      const unseen = serviceNames.filter((name) => !seen.has(name));
      if (unseen.length > 0) throw new Error(`nobody scrapes ${unseen.join(', ')}`);
      return `${targets.length}, every service among them`;
    }),
});

export const checkSwitch = (watched: { alertmanager: Alertmanager }): Check => ({
  name: 'alerts arrive',
  advice: 'look at what Prometheus says of its Alertmanagers',
  see: () =>
    until(evaluatedWithinMs, async () => {
      const alerts = await watched.alertmanager.firing();
      const found = alerts.find(({ labels }) => labels.alertname === 'GuichetDeadMansSwitch');
      if (!found) throw new Error('the dead man’s switch is not at Alertmanager');
      return `the dead man’s switch is at Alertmanager since ${found.startsAt.slice(0, 19)}Z`;
    }),
});
