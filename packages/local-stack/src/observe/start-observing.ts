import type { Provided } from '../providers/provider.ts';
import { alertmanager } from './alertmanager.ts';
import { collector } from './collector.ts';
import { jaeger } from './jaeger.ts';
import { launch, type Part } from './launch.ts';
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
  stop(): Promise<void>;
};

type Started = { part: Part; server?: Provided; missing?: string };

async function start(part: Part, say: (line: string) => void): Promise<Started> {
  try {
    const server = await launch(part);
    if (!server) return { part, missing: `missing: put ${part.programs[0]} on the PATH` };
    server.ended.then((said) =>
      say(`${part.name} ended by itself, and all else goes on:\n${said}`),
    );
    return { part, server };
  } catch (error) {
    return { part, missing: (error as Error).message };
  }
}

/**
 * Starts what watches the stack, each part where it can be had. None of them is needed: whatever
 * does not start, or ends, is told, and the stack goes on without it.
 */
export async function startObserving(setting: Setting): Promise<Observing> {
  let stopping = false;
  const parts = [prometheus, alertmanager, jaeger, collector].map((part) => part(setting));
  const tell = (line: string) => void (stopping || setting.say(line));
  const started = await Promise.all(parts.map((part) => start(part, tell)));
  const urlOf = (name: string) => started.find(({ part }) => part.name === name)?.server?.url;

  const told = started.map(({ part, server, missing }) => [
    part.name,
    server ? `${server.provider}  ${server.url}` : missing,
  ]);
  const collecting = urlOf('collector');
  return {
    urls: Object.fromEntries(
      shown.flatMap((name) => {
        const url = urlOf(name);
        return url ? [[name, url]] : [];
      }),
    ),
    told: Object.fromEntries(told),
    env: collecting ? { OTEL_EXPORTER_OTLP_ENDPOINT: collecting } : {},
    async stop() {
      stopping = true;
      await Promise.all(started.map(({ server }) => server?.stop()));
    },
  };
}
