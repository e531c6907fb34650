import { withoutPassword } from '@guichet/config/without-password';
import type { Stack } from './describe-stack.ts';
import type { Paint } from './log-lines.ts';

const titles: Record<string, string> = {
  postgres: 'PostgreSQL',
  mongo: 'MongoDB',
  messages: 'Messages',
  valkey: 'Valkey',
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
  loki: 'Loki',
  jaeger: 'Jaeger',
  collector: 'Collector',
};

/** What `make start` shows when everything runs. */
export function stackTable(
  { gateway, stripe, inbox, backing, accounts }: Stack,
  watchers: Readonly<Record<string, string>>,
  paint: Paint,
): string {
  const rows: [string, string][] = [
    ['Gateway', gateway],
    ['API docs', `${gateway}/api/docs`],
    ['Inbox', inbox],
    ['Stripe', stripe.api],
    ...Object.entries(backing).map(([name, { provider, url }]): [string, string] => [
      titles[name] ?? name,
      url ? `${provider}  ${withoutPassword(url)}` : provider,
    ]),
    ...Object.entries(watchers).map(([name, told]): [string, string] => [
      titles[name] ?? name,
      told,
    ]),
    ...Object.entries(accounts).map(([role, { email, password }]): [string, string] => [
      `Demo ${role}`,
      `${email}  ${password}`,
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${paint(name.padEnd(width), 1)}  ${value}`);
  return ['', ...lines, '', '  make buy makes a purchase; Ctrl-C ends everything.', ''].join('\n');
}
