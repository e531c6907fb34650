import { stringify } from 'yaml';

export type Recording = {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
};
export type AlertingRule = {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};
export type RuleGroup = {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly (Recording | AlertingRule)[];
};

/** A rule file, as Prometheus and Loki both read it: one a subject, however long, since no person does. */
export const ruleFile = (source: string, groups: readonly RuleGroup[]): string =>
  `# Written by \`make fix\` from observability/${source}, which is what to read: this is for Prometheus and Loki, whole.\n${stringify(
    { groups },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )}`;
