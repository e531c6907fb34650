import { type Fault, faultIn } from './fault-test.ts';
import { grows, stays } from './healthy-test.ts';

const hotPath = faultIn('hot-path');
const onSale = faultIn('on-sale');
const prescaling = faultIn('prescaling');
const money = faultIn('money');
const messaging = faultIn('messaging');

const provider = (name: string, outcome: string) =>
  `guichet_provider_requests_total{provider="${name}",outcome="${outcome}"}`;
const of = (service: string, metric: string) => `${metric}{service="${service}"}`;
/** Most are in no bucket but the last. */
const slow = (bucket: string) => ({ [bucket]: grows(6) });

export const faultsOfSales: readonly Fault[] = [
  hotPath('GuichetPlacesOversold', 'reservation', 'one place is sold twice', {
    [of('reservation', 'guichet_oversold_places')]: stays(1),
  }),
  hotPath('GuichetPlacingSlow', 'reservation', 'statements take long', {
    ...slow('guichet_placing_statement_seconds_bucket{service="reservation",le="0.01"}'),
  }),
  hotPath('GuichetPlacingSlow', 'reservation', 'the queue is old, and nothing ends', {
    [of('reservation', 'guichet_placing_queue_age_seconds')]: stays(0.6),
    'guichet_placing_statement_seconds_count{service="reservation"}': grows(0),
  }),
  hotPath('GuichetPoolExhausted', 'identity', 'somebody waits at every scrape', {
    [of('identity', 'guichet_pool_waiting')]: stays(7),
  }),
  hotPath('GuichetHoldsNotFreed', 'reservation', 'nobody tidies', {
    [of('reservation', 'guichet_lapsed_hold_age_seconds')]: '0+60x90',
  }),
  hotPath('GuichetWaitingListStands', 'reservation', 'catalog does not price what was waited for', {
    [of('reservation', 'guichet_waiting_list_kept_places')]: stays(2),
  }),
  hotPath('GuichetFenceStuck', 'reservation', 'payment does not answer', {
    [of('reservation', 'guichet_fence_age_seconds')]: '0+60x90',
  }),

  onSale('GuichetLineStands', 'waiting-room', 'nobody is called and nobody buys', {
    [of('waiting-room', 'guichet_waiting_room_standing_seconds')]: '0+60x90',
    [of('reservation', 'booking_created_total')]: stays(7),
  }),
  onSale('GuichetRoomNotKept', 'waiting-room', 'no replica asks reservation', {
    'guichet_waiting_room_probe_seconds_count{service="waiting-room"}': stays(7),
  }),
  onSale('GuichetLinesNotShared', 'waiting-room', 'a replica cannot use Valkey', {
    [of('waiting-room', 'guichet_waiting_room_shared')]: stays(0),
  }),
  onSale('GuichetAdmissionsForged', 'waiting-room', 'admissions come that nobody signed', {
    'guichet_gate_refusals_total{service="gateway",reason="admission_invalid"}': grows(30),
  }),
  onSale('GuichetAdmissionsForged', 'waiting-room', 'turns come that nobody signed', {
    'guichet_waiting_room_refusals_total{service="waiting-room",reason="turn_invalid"}': grows(30),
  }),
  onSale('GuichetGatesOld', 'gateway', 'the waiting room cannot be asked', {
    [of('gateway', 'guichet_gates_age_seconds')]: '0+60x90',
  }),

  prescaling('GuichetMinimumsNotRaised', 'prescaler', 'a minimum cannot be changed', {
    'guichet_prescaler_wanted_minimum{service="prescaler",target="gateway"}': stays(5),
  }),
  prescaling('GuichetNobodyPrescales', 'prescaler', 'nobody gets the lease', {
    'guichet_prescaler_leads{service="prescaler",instance="prescaler-1"}': stays(0),
  }),
  prescaling('GuichetSalesNotTold', 'prescaler', 'reservation refuses it', {
    [of('prescaler', 'guichet_prescaler_sales_age_seconds')]: '0+60x90',
  }),

  money('GuichetPaymentProviderFailing', 'payment', 'it is down', {
    [provider('stripe', 'ok')]: grows(0),
    [provider('stripe', 'failed')]: grows(6),
  }),
  money('GuichetPaymentProviderFailing', 'payment', 'it no longer knows our key', {
    [provider('stripe', 'refused')]: grows(60),
  }),
  money('GuichetPaymentProviderSlow', 'payment', 'half its answers take seconds', {
    ...slow('guichet_provider_request_duration_seconds_bucket{provider="stripe",le="0.5"}'),
  }),
  money('GuichetWebhooksSilent', 'payment', 'money moves and no event comes', {
    'guichet_webhooks_total{service="payment",outcome="taken"}': stays(60),
  }),
  money('GuichetWebhooksSilent', 'payment', 'every event has a signature that is refused', {
    'guichet_webhooks_total{service="payment",outcome="taken"}': undefined,
    'guichet_webhooks_total{service="payment",outcome="refused"}': grows(60),
  }),
  money('GuichetPaymentsToReview', 'payment', 'one amount is not what was asked', {
    [of('payment', 'guichet_payments_to_review')]: stays(1),
  }),
  money('GuichetLatePayments', 'reservation', 'confirming is late', {
    'guichet_late_payments_total{service="reservation",outcome="refunded"}': '0+1x90',
  }),

  messaging('GuichetOutboxStuck', 'payment', 'its facts do not leave', {
    [of('payment', 'guichet_outbox_age_seconds')]: '0+60x90',
  }),
  messaging('GuichetMessagesParked', 'reservation', 'one is given up', {
    'guichet_messages_parked{service="reservation",consumer="reservation.payments"}': stays(1),
  }),
  messaging('GuichetMessagesRetried', 'reservation', 'its handler fails at half of them', {
    'guichet_messages_handled_total{service="reservation",consumer="reservation.payments",outcome="retried"}':
      grows(60),
  }),
  messaging('GuichetMailsUnsent', 'notification', 'one has not left', {
    [of('notification', 'guichet_unsent_mail_age_seconds')]: '0+60x90',
  }),
  messaging('GuichetMailProviderRefusing', 'notification', 'it refuses', {
    [provider('mail', 'ok')]: grows(1),
    [provider('mail', 'refused')]: grows(6),
  }),
];
