import { execFileSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { config, type Labels, startAlertmanager } from './alertmanager-test.ts';
import { alerts } from './alerts.ts';

const amtool = (...args: readonly string[]) => execFileSync('amtool', args, { encoding: 'utf8' });
const pairs = (labels: Labels) => Object.entries(labels).map(([name, value]) => `${name}=${value}`);
const receiverOf = (labels: Labels) =>
  amtool('config', 'routes', 'test', '--config.file', config, ...pairs(labels)).trim();

test('it is a configuration to amtool', () => {
  expect(amtool('check-config', config)).toContain('SUCCESS');
});

test.each([
  ['page', { alertname: 'GuichetServiceDown', severity: 'page', service: 'reservation' }],
  ['page', { alertname: 'GuichetBrokerDown', severity: 'page', service: 'rabbitmq' }],
  ['page-money', { alertname: 'GuichetWebhooksSilent', severity: 'page', service: 'payment' }],
  ['ticket', { alertname: 'GuichetMailsUnsent', severity: 'ticket', service: 'notification' }],
  [
    'ticket-money',
    { alertname: 'GuichetPaymentsToReview', severity: 'ticket', service: 'payment' },
  ],
  ['ticket-platform', { alertname: 'GuichetValkeyDown', severity: 'ticket', service: 'valkey' }],
  ['security', { alertname: 'GuichetSecurityEvent', severity: 'ticket', service: 'payment' }],
  ['dead-mans-switch', { alertname: 'GuichetDeadMansSwitch', severity: 'ticket' }],
] as const)('%s hears of %o', (receiver, labels) => {
  expect(receiverOf(labels)).toBe(receiver);
});

test('every alert of each severity goes to who is there for it', () => {
  const kinds = new Map(
    alerts
      .filter(({ name }) => !/DeadMansSwitch|SecurityEvent/.test(name))
      .map(({ name, severity, service = 'identity' }) => [
        `${severity} ${service}`,
        { alertname: name, severity, service },
      ]),
  );
  const elsewhere = [...kinds.values()].filter(
    (labels) => !receiverOf(labels).startsWith(labels.severity),
  );

  expect(kinds.size).toBeGreaterThan(10);
  expect(elsewhere).toEqual([]);
});

// One for each test: what another test has fired would mute too.
let alertmanager: Awaited<ReturnType<typeof startAlertmanager>> | undefined;
afterEach(async () => {
  await alertmanager?.end();
  alertmanager = undefined;
});

const burn = (objective: string, service: string, severity = 'page') => ({
  alertname: 'GuichetErrorBudgetBurn',
  objective,
  service,
  severity,
});
const of = (name: string, service: string, severity = 'page') => ({
  alertname: `Guichet${name}`,
  service,
  severity,
});

/** What goes wrong at once in each case, the cause first; and whether the rest is muted by it. */
const causes: readonly (readonly [Labels, readonly Labels[], boolean])[] = [
  [burn('paying-latency', 'payment'), [burn('paying-latency', 'payment', 'ticket')], true],
  [burn('paying-latency', 'payment'), [burn('reads-latency', 'gateway', 'ticket')], false],
  [of('ServiceDown', 'reservation'), [burn('placing-latency', 'reservation')], true],
  [of('ServiceDown', 'reservation'), [of('PodRestarts', 'reservation', 'ticket')], true],
  [of('ServiceDown', 'notification'), [burn('placing-latency', 'reservation')], false],
  [of('ServiceDown', 'gateway'), [burn('paying-availability', 'payment')], true],
  [
    of('PostgresDown', 'postgres'),
    [
      of('PlacingSlow', 'reservation', 'ticket'),
      of('PoolExhausted', 'identity', 'ticket'),
      of('ServiceDown', 'reservation'),
      burn('placing-availability', 'reservation'),
    ],
    true,
  ],
  [of('PostgresDown', 'postgres'), [of('PlacesOversold', 'reservation')], false],
  [
    of('BrokerDown', 'rabbitmq'),
    [
      of('OutboxStuck', 'payment'),
      of('MessagesRetried', 'reservation', 'ticket'),
      burn('confirmation-freshness', 'reservation'),
      burn('mail-freshness', 'notification'),
    ],
    true,
  ],
  [of('BrokerDiskFull', 'rabbitmq'), [of('OutboxStuck', 'payment')], true],
  [of('BrokerDown', 'rabbitmq'), [burn('placing-latency', 'reservation')], false],
  [of('PaymentProviderFailing', 'payment'), [burn('paying-availability', 'payment')], true],
  [
    of('MailProviderRefusing', 'notification', 'ticket'),
    [burn('mail-freshness', 'notification')],
    true,
  ],
  [of('ValkeyDown', 'valkey', 'ticket'), [of('LimitsNotShared', 'gateway', 'ticket')], true],
];

const named = ({ alertname, objective, service }: Labels) =>
  `${alertname} of ${objective ?? service}`;

for (const [cause, rest, muted] of causes) {
  const verb = muted ? 'mutes' : 'leaves';

  test(`${named(cause)} ${verb} ${rest.map(named).join(', ')}`, async () => {
    const started = await startAlertmanager();
    alertmanager = started;
    const find = async (labels: Labels) =>
      (await started.seen()).find((seen) =>
        Object.entries(labels).every(([name, value]) => seen.labels[name] === value),
      );
    await started.fire([cause, ...rest]);
    await expect.poll(() => find(cause)).toBeDefined();
    for (const labels of rest) {
      const isMuted = async () =>
        ((await find(labels)) ?? expect.fail()).status.inhibitedBy.length > 0;
      await expect.poll(isMuted, { message: named(labels) }).toBe(muted);
    }
  });
}
