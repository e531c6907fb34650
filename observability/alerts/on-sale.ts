import type { Alert } from './alert.ts';

/** More in ten minutes are no accident: what we have signed comes back as it was. */
const mostForged = 100;

const timesOver = (counter: string, window: string) =>
  `(sum(increase(${counter}[${window}])) or vector(0))`;

export const onSaleAlerts: readonly Alert[] = [
  {
    name: 'GuichetLineStands',
    severity: 'page',
    service: 'waiting-room',
    // Where somebody buys, those inside take their time: a line stands for them, and rightly.
    expr: ({ over, age }) => `max(guichet_waiting_room_standing_seconds) > ${age(120)}
      and on () ${timesOver('booking_created_total', over('2m'))} == 0`,
    for: '1m',
    summary: 'A line has stood for {{ $value | humanizeDuration }}, and places are left',
    description: `A sale has begun, people wait, nobody is called and nobody buys. They see a number
      that does not move, and begin to leave or to write.`,
  },
  {
    name: 'GuichetRoomNotKept',
    severity: 'page',
    service: 'waiting-room',
    expr: ({ over }) => `max(min_over_time(guichet_waiting_room_waiting[${over('2m')}])) > 0
      and on () ${timesOver('guichet_waiting_room_probe_seconds_count', over('2m'))} == 0`,
    for: '1m',
    summary: '{{ $value }} people wait, and no replica keeps their room',
    description: `Whoever keeps a room asks reservation each second how placing goes. Nobody has for
      two minutes: nobody is called, and a draw that is due is not made.`,
  },
  {
    name: 'GuichetLinesNotShared',
    severity: 'ticket',
    service: 'waiting-room',
    expr: ({ over }) => `max_over_time(min(guichet_waiting_room_shared)[${over('5m')}:]) == 0`,
    summary: 'Replicas of the waiting room have not told each other of lines for five minutes',
    description: `People see nothing of it: each replica asks PostgreSQL once a second. How many join
      from one network is counted by each replica for itself.`,
  },
  {
    name: 'GuichetAdmissionsForged',
    severity: 'ticket',
    service: 'waiting-room',
    expr: ({
      over,
    }) => `${timesOver('guichet_gate_refusals_total{reason="admission_invalid"}', over('10m'))}
      + ${timesOver('guichet_waiting_room_refusals_total{reason="turn_invalid"}', over('10m'))} > ${mostForged}`,
    summary:
      '{{ $value | humanize }} turns and admissions in ten minutes were signed by nobody of us',
    description: `Somebody makes up places in line. Each is refused and costs nobody their place; if
      keys were changed a moment ago, they are people’s own.`,
  },
  {
    name: 'GuichetGatesOld',
    severity: 'ticket',
    service: 'gateway',
    expr: ({ age }) => `max(guichet_gates_age_seconds) > ${age(30)}`,
    for: '1m',
    summary: 'A gateway has not heard of waiting rooms for {{ $value | humanizeDuration }}',
    description: `Rooms that it knows are guarded all the same. One that is opened now is not: who
      comes by this gateway buys past it.`,
  },
];
