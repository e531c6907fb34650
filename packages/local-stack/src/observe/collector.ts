import { join } from 'node:path';
import { z } from 'zod';
import { charted, chartedFolder } from './charted.ts';
import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

/** Decides of a whole trace, as on a cluster; but here the share of what is neither wrong nor slow is all of it. */
const tailSampling = {
  decision_wait: '5s',
  num_traces: 20_000,
  policies: [
    { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
    { name: 'slow', type: 'latency', latency: { threshold_ms: 1_000 } },
    { name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: 100 } },
  ],
};

const agent = z.object({
  receivers: z.object({ file_log: z.object({ operators: z.array(z.unknown()) }) }),
  processors: z.object({ 'transform/redact': z.unknown() }),
});

/** Where `keepLines` writes. */
export const linesFolder = (setting: Setting) => join(setting.folder, 'lines');

/** From the services' lines to Loki, read as the chart's agent reads those of pods. */
function logs(setting: Setting) {
  if (!chartedFolder('collector')) return undefined;
  const { receivers, processors } = agent.parse(charted('collector', 'agent.yaml'));
  return {
    receiver: {
      include: [join(linesFolder(setting), '*/*/*.log')],
      start_at: 'beginning',
      include_file_path: true,
      include_file_name: false,
      operators: receivers.file_log.operators,
    },
    redact: processors['transform/redact'],
    exporter: { endpoint: `http://${local(setting.observe.loki)}/otlp` },
  };
}

export function collector(setting: Setting, running: ReadonlySet<string>): Part {
  const { observe } = setting;
  const [host, port] = ['127.0.0.1', observe.collectorMetrics];
  const lines = running.has('loki') ? logs(setting) : undefined;
  const traces = running.has('jaeger') ? 'otlp_http/jaeger' : 'debug';
  const file = configure(setting, 'collector', {
    receivers: {
      otlp: { protocols: { http: { endpoint: local(observe.collector) } } },
      ...(lines ? { file_log: lines.receiver } : {}),
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: 200 },
      tail_sampling: tailSampling,
      ...(lines ? { 'transform/redact': lines.redact } : {}),
    },
    exporters: {
      debug: {},
      'otlp_http/jaeger': { endpoint: `http://${local(observe.jaegerOtlp)}` },
      ...(lines ? { 'otlp_http/loki': lines.exporter } : {}),
    },
    service: {
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'tail_sampling'],
          exporters: [traces],
        },
        ...(lines
          ? {
              logs: {
                receivers: ['file_log'],
                processors: ['memory_limiter', 'transform/redact'],
                exporters: ['otlp_http/loki'],
              },
            }
          : {}),
      },
      telemetry: {
        logs: { level: 'warn' },
        metrics: { readers: [{ pull: { exporter: { prometheus: { host, port } } } }] },
      },
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
