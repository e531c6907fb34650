import { expect, test } from 'vitest';
import { named, ofKind, render } from '../manifests-test.ts';

test('KEDA takes the autoscaler’s place, so that the two do not fight', () => {
  const objects = render({
    services: { reservation: { autoscaling: { keda: { enabled: true, triggers: [] } } } },
  });
  const scaled = (kind: string) => ofKind(objects, kind).map(({ metadata }) => metadata.name);

  expect(scaled('ScaledObject')).toEqual(['guichet-reservation']);
  expect(scaled('HorizontalPodAutoscaler')).not.toContain('guichet-reservation');
});

test('KEDA follows what the business says, where it is told of a Prometheus', () => {
  const triggersOf = (values: object) => {
    const services = { gateway: { autoscaling: { keda: { enabled: true } } } };
    const [scaled] = ofKind(render({ services, ...values }), 'ScaledObject');
    return (scaled as unknown as { spec: { triggers: unknown[] } }).spec.triggers;
  };

  expect(triggersOf({})).toHaveLength(1);
  expect(triggersOf({ keda: { prometheusUrl: 'http://prometheus:9090' } })[1]).toEqual({
    type: 'prometheus',
    metricType: 'AverageValue',
    metadata: {
      serverAddress: 'http://prometheus:9090',
      query: 'max(guichet_waiting_room_waiting{namespace="guichet"})',
      threshold: '4800',
    },
  });
});

test('headroom is pods that do nothing, which any other pod may take the place of', () => {
  const objects = render({ headroom: { replicas: 3 } });
  const [priority] = ofKind(objects, 'PriorityClass') as unknown as { value: number }[];
  const { spec } = named(objects, 'Deployment', 'headroom');

  expect(priority).toMatchObject({ value: -5, preemptionPolicy: 'Never' });
  expect(spec.replicas).toBe(3);
  expect(spec.template.spec.priorityClassName).toBe('guichet-guichet-headroom');
  expect(ofKind(render(), 'PriorityClass')).toEqual([]);
});
