import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

/** Decides of a whole trace, as on a cluster; here a share of what is neither wrong nor slow is all of it. */
const tailSampling = {
  decision_wait: '5s',
  num_traces: 20_000,
  policies: [
    { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
    { name: 'slow', type: 'latency', latency: { threshold_ms: 1_000 } },
    { name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: 100 } },
  ],
};

export function collector(setting: Setting): Part {
  const { observe } = setting;
  const [host, port] = ['127.0.0.1', observe.collectorMetrics];
  const file = configure(setting, 'collector', {
    receivers: { otlp: { protocols: { http: { endpoint: local(observe.collector) } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: 200 },
      tail_sampling: tailSampling,
    },
    exporters: { 'otlphttp/jaeger': { endpoint: `http://${local(observe.jaegerOtlp)}` } },
    service: {
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'tail_sampling'],
          exporters: ['otlphttp/jaeger'],
        },
      },
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host, port } } } }] } },
    },
  });
  return {
    name: 'collector',
    programs: ['otelcol-contrib', 'otelcol'],
    image: 'docker.io/otel/opentelemetry-collector-contrib:0.152.0',
    args: ['--config', file],
    port: observe.collector,
    folder: folderOf(setting, 'collector'),
    memoryMi: 160,
  };
}
