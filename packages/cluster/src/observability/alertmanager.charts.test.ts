import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { copyChart } from './copy-chart.ts';
import { filesOf, render, set } from './rendered.ts';

const secret = '/etc/alertmanager/secret';
const mail = {
  to: 'nobody@example.org',
  from: 'nobody@example.org',
  smarthost: 'smtp.example.org:587',
  auth_username: 'nobody',
  auth_password_file: `${secret}/smtp-password`,
  send_resolved: true,
};
const hook = { url_file: `${secret}/dead-mans-switch-url`, send_resolved: false };
const slack = { api_url_file: `${secret}/slack-url`, text: '{{ .CommonLabels.alertname }}' };
const written = {
  route: { receiver: 'page', group_wait: '30s', routes: [{ receiver: 'ticket' }] },
  receivers: [
    {
      name: 'page',
      pagerduty_configs: [{ routing_key_file: `${secret}/pagerduty-routing-key` }],
      slack_configs: [slack],
    },
    { name: 'ticket', email_configs: [mail] },
    { name: 'dead-mans-switch', webhook_configs: [hook] },
  ],
};
const names = written.receivers.map(({ name }) => ({ name }));
const copy = copyChart({ 'alertmanager/alertmanager.yaml': stringify(written) });
afterAll(() => rmSync(copy, { recursive: true }));

const configured = async (...values: string[]) => {
  const objects = await render(set('alertmanager.existingSecret=keys', ...values), copy);
  return parse(filesOf(objects, 'guichet-alertmanager')['alertmanager.yaml'] ?? '');
};
const receivers = 'alertmanager.receivers';

test('nobody is told of anything until a way to people is switched on', async () => {
  const config = await configured();
  expect(config).toEqual({ route: written.route, receivers: names });
});

test('a way that is on is as it was written', async () => {
  const config = await configured(
    `${receivers}.slack.enabled=true,${receivers}.deadMansSwitch.enabled=true`,
  );
  const [page, ticket, deadMansSwitch] = names;
  expect(config.receivers).toEqual([
    { ...page, slack_configs: [slack] },
    ticket,
    { ...deadMansSwitch, webhook_configs: [hook] },
  ]);
});

test('mail goes where and by whom the values say, with a password where there is a username', async () => {
  const address = [
    `${receivers}.email.enabled=true,${receivers}.email.to=us@example.org`,
    `${receivers}.email.from=alerts@example.org,${receivers}.email.smarthost=mail.example.org:25`,
  ];
  const mailed = {
    to: 'us@example.org',
    from: 'alerts@example.org',
    smarthost: 'mail.example.org:25',
    send_resolved: true,
  };
  const open = await configured(...address);
  expect(open.receivers[1].email_configs).toEqual([mailed]);

  const signedIn = await configured(...address, `${receivers}.email.username=alerts`);
  const { auth_password_file } = mail;
  expect(signedIn.receivers[1].email_configs).toEqual([
    { ...mailed, auth_username: 'alerts', auth_password_file },
  ]);
});

test('a webhook is told of everything besides', async () => {
  const url = 'http://hook.example/alerts';
  const { receivers } = await configured(`alertmanager.webhook=${url}`);
  expect(receivers).toEqual(
    names.map(({ name }) => ({ name, webhook_configs: [{ url, send_resolved: true }] })),
  );
});

test('in a drill no route waits', async () => {
  const { route } = await configured('drill=true');
  const quick = { group_wait: '1s', group_interval: '5s' };
  expect(route).toEqual({ receiver: 'page', ...quick, routes: [{ receiver: 'ticket', ...quick }] });
});
