import type { Part } from './launch.ts';
import { configure, folderOf, local, type Setting } from './setting.ts';

/** Traces of today are enough here: they are in memory, the newest so many of them. */
const mostTraces = 10_000;

export function jaeger(setting: Setting): Part {
  const { observe } = setting;
  const [host, port] = ['127.0.0.1', observe.jaegerMetrics];
  const file = configure(setting, 'jaeger', {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host, port } } } }] } },
    },
    extensions: {
      jaeger_query: {
        storage: { traces: 'memory' },
        http: { endpoint: local(observe.jaeger) },
        grpc: { endpoint: local(observe.jaegerGrpc) },
      },
      jaeger_storage: { backends: { memory: { memory: { max_traces: mostTraces } } } },
    },
    receivers: { otlp: { protocols: { http: { endpoint: local(observe.jaegerOtlp) } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  });
  return {
    name: 'jaeger',
    programs: ['jaeger'],
    image: 'docker.io/jaegertracing/jaeger:2.13.0',
    args: ['--config', file],
    port: observe.jaeger,
    folder: folderOf(setting, 'jaeger'),
    memoryMi: 256,
  };
}
