import { type FSWatcher, watch } from 'node:fs';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { environmentName, UnreadableFolder } from './given.ts';
import type { Config } from './load-config.ts';

/** Kubernetes itself is up to a minute late; a file changed by hand is noticed while one waits. */
const pollMs = 5_000;
/** Links are turned and files written in several steps, each an event of its own. */
const settleMs = 100;

type Followed = Pick<Config, 'live' | 'reload' | 'view' | 'files'>;

function tell(config: Followed, logger: Logger, count: (setting: string) => void): boolean {
  const { changed, refused, forRestart } = config.reload();
  const view = config.view();
  for (const name of changed.map(environmentName)) {
    logger.info({ value: view[name]?.value }, `${name} has changed and is in effect`);
  }
  for (const { name, complaint } of refused) {
    count(name);
    logger.warn(`A new value is refused and the old one stays. ${complaint}`);
  }
  for (const name of forRestart) {
    logger.warn(`${name} has changed; it takes effect at the next restart`);
  }
  return changed.length > 0;
}

/** Events make it quick; where a file system has none, looking again is what counts. */
function watchFolder(folder: string | undefined, onEvent: () => void): FSWatcher | undefined {
  if (!folder) return undefined;
  try {
    const watcher = watch(folder, { persistent: false }, onEvent);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/**
 * Lets live settings follow their files: `CONFIG_DIR`, watched and looked at every few seconds, and
 * the files that a `<NAME>_FILE` names. What is refused is told once, as a warning and a count
 * (`guichet_config_reload_failures_total`, by setting); `onChange` is called after a change.
 */
export function followConfig({
  config,
  logger,
  metrics,
  onChange = () => {},
  everyMs = pollMs,
  events = true,
}: {
  config: Followed;
  logger: Logger;
  metrics: Metrics;
  onChange?: () => void;
  everyMs?: number;
  events?: boolean;
}): { stop(): void } {
  const failures = metrics.counter({
    name: 'guichet_config_reload_failures_total',
    help: 'New values of settings that were refused',
    labelNames: ['setting'],
  });
  const count = (setting: string) => failures.inc({ setting });
  if (!config.files.any) return { stop() {} };

  let unreadable: string | undefined;
  const look = () => {
    try {
      if (tell(config, logger, count)) onChange();
      unreadable = undefined;
    } catch (error) {
      if (!(error instanceof UnreadableFolder)) throw error;
      if (unreadable !== error.message) {
        count('CONFIG_DIR');
        logger.warn(`CONFIG_DIR ${error.message}; the settings stay as they are`);
      }
      unreadable = error.message;
    }
  };
  const timer = setInterval(look, everyMs).unref();
  let settling: NodeJS.Timeout | undefined;
  const watcher = watchFolder(events ? config.files.folder : undefined, () => {
    clearTimeout(settling);
    settling = setTimeout(look, settleMs).unref();
  });

  return {
    stop() {
      clearInterval(timer);
      clearTimeout(settling);
      watcher?.close();
    },
  };
}
