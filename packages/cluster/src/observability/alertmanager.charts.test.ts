import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { copyChart } from './copy-chart.ts';
import { filesOf, render, set } from './rendered.ts';

const secret = '/etc/alertmanager/secret';
const written = {
  global: { smtp_auth_password_file: `${secret}/smtp-password`, resolve_timeout: '5m' },
  route: { receiver: 'pages' },
  receivers: [
    {
      name: 'pages',
      pagerduty_configs: [{ routing_key_file: `${secret}/pagerduty-routing-key` }],
      slack_configs: [
        { api_url_file: `${secret}/slack-url`, text: '{{ .CommonLabels.alertname }}' },
      ],
    },
    { name: 'tickets', email_configs: [{ to: 'nobody@example.org', send_resolved: true }] },
  ],
};
const copy = copyChart({ 'alertmanager/alertmanager.yaml': stringify(written) });
afterAll(() => rmSync(copy, { recursive: true }));

const configured = async (...values: string[]) => {
  const objects = await render(set('alertmanager.existingSecret=keys', ...values), copy);
  return parse(filesOf(objects, 'guichet-alertmanager')['alertmanager.yaml'] ?? '');
};

test('nobody is told of anything until a way to people is switched on', async () => {
  const { receivers, route } = await configured();
  expect(receivers).toEqual([{ name: 'pages' }, { name: 'tickets' }]);
  expect(route).toEqual(written.route);
});

test('a way that is on is as it was written', async () => {
  const { receivers } = await configured('alertmanager.receivers.slack.enabled=true');
  const slack_configs = written.receivers[0]?.slack_configs;
  expect(receivers).toEqual([{ name: 'pages', slack_configs }, { name: 'tickets' }]);
});

test('mail goes where and by whom the values say, with the password of the file', async () => {
  const { global, receivers } = await configured(
    'alertmanager.receivers.email.enabled=true,alertmanager.receivers.email.to=us@example.org',
    'alertmanager.receivers.email.from=alerts@example.org',
    'alertmanager.receivers.email.smarthost=mail.example.org:587',
    'alertmanager.receivers.email.username=alerts',
  );
  expect(receivers[1].email_configs).toEqual([{ to: 'us@example.org', send_resolved: true }]);
  expect(global).toEqual({
    ...written.global,
    smtp_from: 'alerts@example.org',
    smtp_smarthost: 'mail.example.org:587',
    smtp_auth_username: 'alerts',
  });
});

test('a webhook is told of everything besides', async () => {
  const url = 'http://hook.example/alerts';
  const { receivers } = await configured(`alertmanager.webhook=${url}`);
  for (const { webhook_configs } of receivers) {
    expect(webhook_configs).toEqual([{ url, send_resolved: true }]);
  }
});
