import type { Alert } from './alert.ts';

export const prescalingAlerts: readonly Alert[] = [
  {
    name: 'GuichetMinimumsNotRaised',
    severity: 'page',
    service: 'prescaler',
    expr: () => `max by (target) (guichet_prescaler_wanted_minimum)
      > max by (target) (guichet_prescaler_minimum)`,
    for: '2m',
    summary: 'A sale asks for {{ $value }} pods of {{ $labels.target }}, and its minimum is lower',
    description: `Its minutes are near or have come, and the autoscaler will begin from too few pods:
      the first minute is refused or slow, until it has caught up.`,
  },
  {
    name: 'GuichetNobodyPrescales',
    severity: 'page',
    service: 'prescaler',
    expr: () => `max(guichet_prescaler_sales) > 0
      and on () sum(guichet_prescaler_leads) == 0`,
    for: '2m',
    summary: '{{ $value }} sales are to come, and no prescaler leads',
    description: `No minimum is raised, and none that is raised is given back. Those that run now go
      on as they are; their autoscalers follow the load.`,
  },
  {
    name: 'GuichetSalesNotTold',
    severity: 'ticket',
    service: 'prescaler',
    expr: ({ age }) => `min(guichet_prescaler_sales_age_seconds) > ${age(120)}`,
    for: '1m',
    summary: 'The prescaler has not heard of sales for {{ $value | humanizeDuration }}',
    description: `What it knew last counts. A sale that was announced since is not made ready for,
      and one that was called off still is.`,
  },
];
