import { admit, joinLine } from '@guichet/contracts/lines';
import { describe, expect, test } from 'vitest';
import { everyDay } from '../rules/pace.ts';
import { holdRules, type Samples, type Series } from '../rules/promtool-test.ts';
import { fewestErrors } from './burn-windows.ts';
import { objectiveGroups } from './objective-rules.ts';
import { type Objective, objectives } from './objectives.ts';

/** As promtool writes a counter that grows by so many a minute. */
const perMinute = (count: number) => `0+${count}x240`;

/** One counter of what is asked as promised, and one of what is not, by how the objective counts. */
const shapes: Record<string, (good: string, bad: string) => Series> = {
  'reads-availability': (good, bad) => answered('GET', '/api/offerings', good, bad),
  'placing-availability': (good, bad) => answered('POST', '/api/bookings', good, bad),
  'paying-availability': (good, bad) => answered('POST', '/api/payments', good, bad),
  'joining-availability': (good, bad) => answered('POST', joinLine.path, good, bad),
  'joining-latency': (good, bad) => timed(atGateway('POST', admit.path), '0.25', good, bad),
  'reads-latency': (good, bad) => timed(atGateway('GET', '/api/offerings'), '0.25', good, bad),
  'placing-latency': (good, bad) => timed(atGateway('POST', '/api/bookings'), '0.25', good, bad),
  'paying-latency': (good, bad) => timed(atGateway('POST', '/api/payments'), '1.0', good, bad),
  'confirmation-freshness': (good, bad) =>
    timed(['guichet_paid_to_confirmed_seconds', 'service="reservation"'], '5.0', good, bad),
  'mail-freshness': (good, bad) =>
    timed(['guichet_confirmed_to_mailed_seconds', 'service="notification"'], '60.0', good, bad),
};

function answered(method: string, route: string, good: string, bad: string): Series {
  const of = (status: number) =>
    `http_requests_total{service="gateway",method="${method}",route="${route}",status="${status}"}`;
  // A client that is too quick for its own limit is answered 429, which is as promised.
  return { [of(200)]: good, [of(429)]: good, [of(503)]: bad };
}

const atGateway = (method: string, route: string): [string, string] => [
  'http_request_duration_seconds',
  `service="gateway",method="${method}",route="${route}",status="200"`,
];

/** In time is under the boundary; late is counted, and in no bucket but the last. */
function timed([metric, labels]: [string, string], le: string, good: string, bad: string): Series {
  const late = labels.replace('200', '201');
  return {
    [`${metric}_count{${labels},pod="a"}`]: good,
    [`${metric}_bucket{${labels},pod="a",le="${le}"}`]: good,
    [`${metric}_count{${late},pod="b"}`]: bad,
    [`${metric}_bucket{${late},pod="b",le="${le}"}`]: '0x240',
  };
}

const seriesOf = ({ name }: Objective, good: string, bad: string): Series =>
  shapes[name]?.(good, bad) ?? expect.fail(`how ${name} is counted is not said here`);

/** Of each objective, as many errors among a thousand a minute as its budget has, so many times. */
function burning(objective: Objective, factor: number): Series {
  const bad = Math.round(1_000 * (1 - objective.target) * factor * 100) / 100;
  // What is answered as promised is counted twice by `answered`.
  const good = objective.name.endsWith('availability') ? (1_000 - bad) / 2 : 1_000 - bad;
  return seriesOf(objective, perMinute(good), perMinute(bad));
}

const firing = (objective: Objective, alert: string, severity = '.+') =>
  `count by (objective, service, severity) (ALERTS{alertname="${alert}",alertstate="firing",severity=~"${severity}",objective="${objective.name}"})`;
const burns = ({ name, service }: Objective, severity: string) =>
  `{objective="${name}",service="${service}",severity="${severity}"}`;

function hold(objective: Objective, series: Series, expr: string, samples: Samples, at = '2h') {
  expect(
    holdRules(objectiveGroups(everyDay, [objective]), { series, at, expr, samples }),
  ).toContain('SUCCESS');
}

describe.each(objectives)('$name', (objective) => {
  const budget = firing(objective, 'GuichetErrorBudgetBurn');
  const all = { [burns(objective, 'page')]: 2, [burns(objective, 'ticket')]: 2 };

  test('pages when its budget goes twenty times too fast', () => {
    hold(objective, burning(objective, 20), budget, all);
  });

  test('is a ticket when it goes four times too fast', () => {
    hold(objective, burning(objective, 4), budget, { [burns(objective, 'ticket')]: 2 });
  });

  test('says nothing while half of its budget is used', () => {
    hold(objective, burning(objective, 0.5), budget, {});
  });

  test('no longer pages when the errors have ended', () => {
    const ended = seriesOf(objective, perMinute(800), '0+200x60 12000x240');

    hold(objective, ended, budget, all, '1h');
    hold(objective, ended, firing(objective, 'GuichetErrorBudgetBurn', 'page'), {}, '2h');
  });

  test('wakes nobody for a few errors at night, though all that was asked failed', () => {
    const all = `0x80 ${fewestErrors - 1}x140`;

    hold(objective, seriesOf(objective, '0x240', all), budget, {}, '84m');
  });

  test('has half of its budget left where half is used', () => {
    const { name, service } = objective;
    const expr = `round(guichet:objective_budget:remaining30d{objective="${name}"}, 0.01)`;

    hold(objective, burning(objective, 0.5), expr, {
      [`{objective="${name}",service="${service}"}`]: 0.5,
    });
  });
});

describe.each(objectives.filter(({ only }) => only === undefined))('$name', (objective) => {
  test('is told of when nothing is counted', () => {
    const unseen = firing(objective, 'GuichetObjectiveUnseen');
    const elsewhere = {
      'http_requests_total{service="gateway",method="GET",route="unknown",status="404"}':
        perMinute(100),
    };

    hold(objective, {}, unseen, { [burns(objective, 'ticket')]: 1 });
    hold(objective, elsewhere, unseen, { [burns(objective, 'ticket')]: 1 });
    hold(objective, burning(objective, 0), unseen, {});
  });
});

test('what is only asked in an on-sale is not missed without one', () => {
  const [objective] = objectives.filter(({ only }) => only === 'in an on-sale');
  if (!objective) return expect.fail('there is none');

  hold(objective, {}, firing(objective, 'GuichetObjectiveUnseen'), {});
});
