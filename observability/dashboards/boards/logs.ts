import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, lines, stack, stat } from '../panel.ts';
import { logql, promql } from '../query.ts';
import { search, service, traceId } from '../variables.ts';

const of = (level: string) => `{service=~"$service", level=~"${level}"}`;
const errors = of('error|fatal');
const events = '{service=~"gateway|identity|payment"} | json | securityEvent != ""';

export const logs: Board = {
  uid: 'logs',
  title: 'Logs',
  readBy: 'Whoever follows a panel, a trace or a customer’s report down to what was said.',
  variables: [service, traceId, search],
  from: 'now-1h',
  refresh: '30s',
  rows: [
    {
      title: 'How much is said',
      panels: [
        stat({
          title: 'Errors',
          means: 'Lines at error or above of the chosen services, in the time that is shown.',
          wrong: 'Any: an error means that somebody must act now.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [logql(`sum(count_over_time(${errors}[$__range])) or vector(0)`, 'errors')],
        }),
        stat({
          title: 'Warnings',
          means:
            'Lines at warn: something was tried again, refused for want of a server, or let go.',
          wrong: 'Hundreds: a server is away, see its board.',
          unit: units.Short,
          limits: { orange: 100, red: 1_000, bad: 'above' },
          queries: [
            logql(`sum(count_over_time(${of('warn')}[$__range])) or vector(0)`, 'warnings'),
          ],
        }),
        stat({
          title: 'Security events',
          means:
            'Sign-ins refused, tokens used twice, signatures refused, addresses that ask too often.',
          wrong: 'Many of one kind at once: somebody tries.',
          unit: units.Short,
          limits: { orange: 10, red: 1_000, bad: 'above' },
          queries: [
            promql('sum(increase(guichet_security_events_total[$__range])) or vector(0)', 'events'),
          ],
        }),
        stat({
          title: 'Lines',
          means: 'All that the chosen services said, in the time that is shown.',
          wrong: 'None at all for a day of restarts: lines do not come here.',
          unit: units.Short,
          queries: [
            logql('sum(count_over_time({service=~"$service"}[$__range])) or vector(0)', 'lines'),
          ],
        }),
        stack({
          title: 'Errors and warnings by service',
          means: 'Who complains.',
          wrong: 'The one that began is the cause more often than the one that says most.',
          unit: units.Short,
          queries: [
            logql(
              `sum by (service, level) (count_over_time(${of('error|fatal|warn')}[$__auto]))`,
              '{{service}} {{level}}',
            ),
          ],
        }),
        graph({
          title: 'Security events by kind',
          means: 'What may be an attack, counted by the services.',
          wrong: 'A kind that was never there, or a thousand of one.',
          unit: units.CountsPerSecond,
          queries: [
            promql(
              'sum by (event) (rate(guichet_security_events_total[$__rate_interval])) or vector(0)',
              '{{event}}',
            ),
          ],
        }),
      ],
    },
    {
      title: 'Lines',
      panels: [
        lines({
          title: 'Of one trace',
          means: 'All that was said in the trace whose id stands at the top, by every service.',
          wrong: 'Nothing: nobody complained in it, or its id is not whole.',
          unit: units.NoUnit,
          queries: [logql('{service=~".+"} | trace_id != "" | trace_id = "$trace_id"')],
        }),
        lines({
          title: 'Errors and warnings',
          means: 'What the chosen services complain of; the words at the top narrow it.',
          wrong: 'An error of a kind that was never there.',
          unit: units.NoUnit,
          queries: [logql(`${of('error|fatal|warn')} |~ "(?i)$search"`)],
        }),
        lines({
          title: 'Security events',
          means:
            'What may be an attack, one line of a kind in ten seconds; `unsaid` counts the rest.',
          wrong: 'token_reused: a session was stolen. The others: somebody tries.',
          unit: units.NoUnit,
          height: 8,
          queries: [logql(events)],
        }),
        lines({
          title: 'Everything',
          means: 'All lines of the chosen services; the words at the top narrow it.',
          wrong: 'A person’s data in a line: it must be redacted at its source.',
          unit: units.NoUnit,
          queries: [logql('{service=~"$service"} |~ "(?i)$search"')],
        }),
      ],
    },
  ],
};
