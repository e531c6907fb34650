import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { afterEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { runCollector, type Sink, startSink, writeFiles } from './programs.ts';
import { filesOf, render, set } from './rendered.ts';

type Value = { stringValue?: string };
type Attribute = { key: string; value: Value };
type Span = { name: string; attributes?: Attribute[]; events?: { attributes: Attribute[] }[] };
type Spans = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
type Line = { body: Value; attributes: Attribute[]; traceId?: string; spanId?: string };
type Lines = {
  resourceLogs: { resource: { attributes: Attribute[] }; scopeLogs: { logRecords: Line[] }[] }[];
};

const named = (attributes: Attribute[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
const traceId = (nth: number) => nth.toString(16).padStart(32, '0');
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The chart’s collector on ports of its own, which sends to somebody here. */
async function start<T>(part: string, file: string, more: object, args: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-collector-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const sink: Sink<T> = await startSink<T>();
  ends.push(sink.close);
  const [health, metrics] = [await freePorts(1), await freePorts(1)];
  const override = {
    extensions: { health_check: { endpoint: `127.0.0.1:${health}` } },
    exporters: { otlp_http: { endpoint: sink.url, encoding: 'json', compression: 'none' } },
    service: {
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: '127.0.0.1', port: metrics } } } }],
        },
      },
    },
  };
  const { [file]: config = '' } = filesOf(await render(args), `guichet-${part}`);
  const paths = writeFiles(folder, {
    'chart.yaml': config.replaceAll('/var/lib/otelcol', folder),
    'ports.yaml': stringify(override),
    'more.yaml': stringify(more),
  });
  const collector = await runCollector(Object.values(paths), health);
  ends.push(collector.end);
  return sink.received;
}

test('of traces it keeps errors, slow ones and the share; addresses and cards are in none', async () => {
  const [http, grpc] = [await freePorts(1), await freePorts(1)];
  const otlp = { http: { endpoint: `127.0.0.1:${http}` }, grpc: { endpoint: `127.0.0.1:${grpc}` } };
  const received = await start<Spans>(
    'collector',
    'gateway.yaml',
    { receivers: { otlp: { protocols: otlp } } },
    set('collector.sampling.percent=0,collector.sampling.waitSeconds=1'),
  );
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const span = (nth: number, name: string, tookMs: number, code: number, extra: object = {}) => ({
    traceId: traceId(nth),
    spanId: nth.toString(16).padStart(16, '0'),
    name,
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(tookMs) * 1_000_000n),
    status: { code },
    ...extra,
  });
  const said = {
    attributes: [
      text('who', 'ada@example.org paid'),
      text('card', 'with 4242 4242 4242 4242 today'),
      text('at', '1764177777000'),
      text('booking', '0190b1a2-4242-7000-8000-424242424242'),
    ],
    events: [
      {
        timeUnixNano: '1700000000000000000',
        name: 'exception',
        attributes: [text('exception.message', 'no mailbox ada@example.org')],
      },
    ],
  };
  const spans = [
    span(1, 'quick', 20, 0),
    span(2, 'slow', 1_001, 0),
    span(3, 'failed', 20, 2, said),
  ];
  const answer = await fetch(`http://127.0.0.1:${http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  });
  expect(answer.status).toBe(200);

  const kept = () =>
    received
      .flatMap(({ resourceSpans }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans);
  await expect
    .poll(() =>
      kept()
        .map(({ name }) => name)
        .sort(),
    )
    .toEqual(['failed', 'slow']);
  const failed = kept().find(({ name }) => name === 'failed');
  expect(named(failed?.attributes)).toEqual({
    who: '[e-mail] paid',
    card: 'with [card] today',
    at: '1764177777000',
    booking: '0190b1a2-4242-7000-8000-424242424242',
  });
  expect(named(failed?.events?.[0]?.attributes)).toEqual({
    'exception.message': 'no mailbox [e-mail]',
  });
});

test('a line keeps its form, and has two labels, its trace and its pod', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-pods-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const pino = `{"level":"warn","service":"reservation","traceId":"${traceId(7)}","spanId":"00000000000000aa","msg":"held"}`;
  const said = [pino, 'level=error msg=logfmt', 'Key (email)=(ada@example.org) already exists'];
  writeFiles(folder, {
    'guichet_guichet-reservation-5c7b_2bccfa2a-a1fa-44a3-996a-b249b0654155/reservation/0.log': said
      .map((line, nth) => `2026-11-26T17:00:0${nth}.000000000Z stdout F ${line}\n`)
      .join(''),
  });
  const node = await freePorts(1);
  const received = await start<Lines>('collector-agent', 'agent.yaml', {
    receivers: { file_log: { include: [`${folder}/*/*/*.log`] } },
    exporters: { prometheus: { endpoint: `127.0.0.1:${node}` } },
  });

  const lines = () =>
    received
      .flatMap(({ resourceLogs }) => resourceLogs)
      .flatMap(({ resource, scopeLogs }) =>
        scopeLogs
          .flatMap(({ logRecords }) => logRecords)
          .map(({ body, attributes, traceId = '', spanId = '' }) => ({
            labels: named(resource.attributes),
            line: body.stringValue,
            about: named(attributes),
            trace: [traceId, spanId],
          })),
      );
  await expect.poll(() => lines().length).toBe(said.length);
  const about = { pod: 'guichet-reservation-5c7b', namespace: 'guichet' };
  const of = (level: string) => ({ service: 'reservation', level });
  expect(lines()).toEqual(
    expect.arrayContaining([
      { labels: of('warn'), line: pino, about, trace: [traceId(7), '00000000000000aa'] },
      { labels: of('error'), line: 'level=error msg=logfmt', about, trace: ['', ''] },
      {
        labels: of('unknown'),
        line: 'Key (email)=([e-mail]) already exists',
        about,
        trace: ['', ''],
      },
    ]),
  );
});
