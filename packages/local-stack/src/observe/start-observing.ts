import type { Provided } from '../providers/provider.ts';
import type { LogLines } from '../stack/log-lines.ts';
import { serviceNames } from '../stack/services.ts';
import { alertmanager } from './alertmanager.ts';
import { collector, linesFolder } from './collector.ts';
import { jaeger } from './jaeger.ts';
import { keepLines } from './keep-lines.ts';
import { launch, type Part } from './launch.ts';
import { loki } from './loki.ts';
import { prometheus } from './prometheus.ts';
import type { Setting } from './setting.ts';

/** Those that people and programs look at, in the order of the table. */
const shown = ['prometheus', 'alertmanager', 'loki', 'jaeger'] as const;
type Shown = (typeof shown)[number];

export type Observing = {
  /** Where each is that runs, as `stack.json` says it. */
  readonly urls: Partial<Record<Shown, string>>;
  /** What each is run by; where it is not, what is missing. */
  readonly told: Record<string, string>;
  /** What the services are told. */
  readonly env: Record<string, string>;
  /** Where the services' lines go besides. */
  readonly logs: LogLines;
  stop(): Promise<void>;
};

/** A lost webhook is found as much sooner as the windows of the alerts are shorter. */
const drillClocks = { RECONCILE_MS: '5000', STUCK_AFTER_MS: '15000' };

type Started = { name: string; server?: Provided; missing?: string };

/** None of them is needed: what cannot be set up or started is told, and no more. */
async function start(name: string, part: () => Part, say: (line: string) => void) {
  const started: Started = { name };
  try {
    const asked = part();
    const server = await launch(asked);
    if (!server) return { ...started, missing: `missing: put ${asked.programs[0]} on the PATH` };
    server.ended.then((said) => say(`${name} ended, and all else goes on:\n${said}`));
    return { ...started, server };
  } catch (error) {
    return { ...started, missing: `missing: ${(error as Error).message}` };
  }
}

/** First those that others send to, so that nobody is told of one that is not there. */
async function startParts(setting: Setting, say: (line: string) => void): Promise<Started[]> {
  const receiving: Started[] = await Promise.all([
    start('alertmanager', () => alertmanager(setting), say),
    start('loki', () => loki(setting), say),
    start('jaeger', () => jaeger(setting), say),
  ]);
  const running = new Set(receiving.flatMap(({ name, server }) => (server ? name : [])));
  const collecting: Started = await start('collector', () => collector(setting, running), say);
  if (collecting.server) running.add('collector');
  const asking: Started = await start('prometheus', () => prometheus(setting, running), say);
  return [asking, ...receiving, collecting];
}

/** Of the services only: the stand-ins are not ours to watch. */
function linesOfServices(folder: string): LogLines {
  const keep = keepLines(folder);
  const isService = (name: string) => serviceNames.some((known) => known === name);
  return (name, ...streams) => {
    if (isService(name)) keep(name, ...streams);
  };
}

/**
 * Starts what watches the stack, each part where it can be had. None of them is needed: whatever
 * does not start, or ends, is told, and the stack goes on without it.
 */
export async function startObserving(setting: Setting): Promise<Observing> {
  let stopping = false;
  const logs = linesOfServices(linesFolder(setting));
  const started = await startParts(setting, (line) => void (stopping || setting.say(line)));
  const urlOf = (name: string) => started.find((one) => one.name === name)?.server?.url;
  const told = started.map(({ name, server, missing }) => [
    name,
    server ? `${server.provider}  ${server.url}` : missing,
  ]);
  const collecting = urlOf('collector');
  const urls = shown.map((name) => [name, urlOf(name)] as const);
  return {
    urls: Object.fromEntries(urls.filter(([, url]) => url)),
    told: Object.fromEntries(told),
    env: {
      ...(collecting ? { OTEL_EXPORTER_OTLP_ENDPOINT: collecting } : {}),
      ...(setting.drill ? drillClocks : {}),
    },
    logs,
    async stop() {
      stopping = true;
      await Promise.all(started.map(({ server }) => server?.stop()));
    },
  };
}
