import * as units from '@grafana/grafana-foundation-sdk/units';
import { graph, type Panel, stack } from '../../panel.ts';
import { percentilesOf, perSecond, promql } from '../../query.ts';

const mail = 'provider="mail"';

/** From the confirmed booking to the customer's inbox. */
export const mails: readonly Panel[] = [
  stack({
    title: 'What the provider takes',
    means: 'E-mails that were given to the provider, by what came of it.',
    wrong: 'Refused: the sender’s key or domain. Failed or timeout: it is ill.',
    unit: units.OpsPerSecond,
    queries: [
      promql(perSecond(`guichet_provider_requests_total{${mail}}`, 'outcome'), '{{outcome}}'),
    ],
    leadsTo: 'notification',
  }),
  graph({
    title: 'How long it takes',
    means: 'From giving it an e-mail to its word.',
    wrong: 'Seconds: e-mails queue up behind it.',
    unit: units.Seconds,
    limits: { orange: 2.5, red: 10, bad: 'above' },
    queries: percentilesOf('guichet_provider_request_duration_seconds', `{${mail}}`),
    leadsTo: 'notification',
  }),
  graph({
    title: 'From confirmed to sent',
    means: 'From the confirmed booking to the e-mail that the provider has taken.',
    wrong: 'Above a minute people ask where their tickets are.',
    unit: units.Seconds,
    limits: { orange: 30, red: 60, bad: 'above' },
    queries: percentilesOf('guichet_confirmed_to_mailed_seconds'),
    leadsTo: 'notification',
  }),
  graph({
    title: 'Unsent',
    means: 'E-mails that are begun and not taken.',
    wrong: 'It does not come back to 0 between sales.',
    unit: units.Short,
    queries: [promql('max(guichet_unsent_mails)', 'e-mails')],
    leadsTo: 'notification',
  }),
];
