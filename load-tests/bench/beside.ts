import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { managementOffset } from '@guichet/local-stack/stack/ports';
import { type Running, runNode, untilReady } from '@guichet/local-stack/stack/processes';

/** What a process was started with. */
const environmentOf = (pid: number): Record<string, string> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
  );

/** A further process of a service. */
export type Beside = {
  readonly service: string;
  /** Where it takes bookings. */
  readonly url: URL;
  readonly management: URL;
  readonly running: Running;
};

/** Starts processes beside those of a stack: as replicas are, or with other settings. */
export function createBeside(processes: ReadonlyMap<string, Running>) {
  const started = new Set<Beside>();

  async function end(beside: Beside): Promise<void> {
    started.delete(beside);
    await beside.running.stop(20_000);
  }

  return {
    started: started as ReadonlySet<Beside>,

    /** The settings that a service of the stack was started with. */
    settingsOf: (service: string) => environmentOf(processes.get(service)?.process.pid ?? 0),

    /** Another process of a service, like the first but for `env`; its door is on `127.0.0.1`. */
    async start(service: string, env: Record<string, string> = {}): Promise<Beside> {
      const port = await freePorts(managementOffset + 1);
      const running = runNode({
        name: `${service} at ${port}`,
        args: ['--import', '@guichet/telemetry/register', 'src/main.ts'],
        cwd: join(import.meta.dirname, '../../services', service),
        env: {
          ...this.settingsOf(service),
          PORT: String(port),
          MANAGEMENT_PORT: String(port + managementOffset),
          ...env,
        },
        logs: () => {},
      });
      const at = (itsPort: number, path: string) => new URL(path, `http://127.0.0.1:${itsPort}`);
      const management = at(port + managementOffset, '/');
      const beside = { service, url: at(port, '/api/bookings'), management, running };
      started.add(beside);
      await untilReady(running, new URL('/health/ready', management).href);
      return beside;
    },
    end,
    endAll: () => Promise.all([...started].map(end)),
  };
}
