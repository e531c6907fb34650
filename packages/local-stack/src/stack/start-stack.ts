import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Observing, startObserving } from '../observe/start-observing.ts';
import type { Provided } from '../providers/provider.ts';
import { startBacking } from './backing.ts';
import { makeDatabases } from './databases.ts';
import { at, describeStack, type Stack } from './describe-stack.ts';
import type { LogLines } from './log-lines.ts';
import {
  CannotStart,
  managementOffset,
  observePortsFrom,
  portsFrom,
  refuseTakenPorts,
} from './ports.ts';
import { type Running, runNode, untilReady } from './processes.ts';
import { keepSecrets } from './secrets.ts';
import {
  environmentOf,
  messagesUrlOf,
  migrated,
  type StackPlan,
  serviceNames,
  usesRealMail,
  usesRealStripe,
} from './services.ts';
import { localCertificate } from './tls.ts';

const repository = join(import.meta.dirname, '../../../..');

export type StackOptions = {
  /** The gateway's port; the others follow it. */
  readonly portBase: number;
  /** Where this stack keeps everything: data, secrets, `stack.json`. */
  readonly folder: string;
  readonly https: boolean;
  readonly logs: LogLines;
  /** Further settings for every service, such as shorter holds in a test. */
  readonly env?: Record<string, string>;
  /** Prometheus and its like beside it; on a game day with short windows. */
  readonly observe?: { readonly drill: boolean; say(line: string): void };
};

export type StartedStack = {
  readonly stack: Stack;
  readonly secrets: ReturnType<typeof keepSecrets>;
  /** What each program that watches is run by, or why it is not there. */
  readonly watchers: Readonly<Record<string, string>>;
  /** Resolves with a sentence when something that runs ends by itself. */
  readonly broke: Promise<string>;
  /** The process of a service, for tests that end it. */
  readonly processes: ReadonlyMap<string, Running>;
  restart(service: string, env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
};

const cache = join(repository, '.guichet/cache');

/** Starts everything, backing servers first; whatever fails, nothing is left running. */
export async function startStack(options: StackOptions): Promise<StartedStack> {
  const { portBase, folder, https, logs, observe, env = {} } = options;
  const ports = portsFrom(portBase);
  const watching = observe && { ...observe, observe: observePortsFrom(portBase) };
  await refuseTakenPorts({ ...ports, ...watching?.observe });
  mkdirSync(folder, { recursive: true });
  const secrets = keepSecrets(join(folder, 'secrets.json'));
  const tls = https ? await localCertificate(join(folder, 'tls')) : undefined;
  const servers: Provided[] = [];
  const processes = new Map<string, Running>();
  const broken = Promise.withResolvers<string>();
  let stopping = false;
  let observing: Observing | undefined;

  const stop = async () => {
    stopping = true;
    // The door first, so that nobody comes in; then who works; what they work on last.
    await processes.get('gateway')?.stop(20_000);
    await Promise.all([...processes.values()].map((process) => process.stop(20_000)));
    await Promise.all(servers.map((server) => server.stop()));
    // When nobody has anything to tell it any more.
    await observing?.stop();
  };
  const run = (name: string, args: string[], cwd: string, more: Record<string, string>) => {
    const running = runNode({ name, args, cwd, env: { ...more, ...env }, logs });
    observing?.logs(name, running.process.stdout, running.process.stderr);
    processes.set(name, running);
    running.ended.then((how) => {
      if (!stopping && processes.get(name) === running) broken.resolve(how);
    });
    return running;
  };

  try {
    const fakes = startFakes();
    const backing = await startBacking({ ports, data: join(folder, 'data'), cache }, (server) => {
      servers.push(server);
      server.ended.then((said) => {
        if (!stopping) broken.resolve(`${server.provider} ended by itself:\n${said}`);
      });
    });
    const owners = [...migrated, 'messages'];
    const databases = await makeDatabases(backing.postgres.url, owners);
    const publicUrl = tls
      ? `https://localhost:${ports.gateway}`
      : `http://localhost:${ports.gateway}`;
    const messagesUrl = env.MESSAGES_URL ?? messagesUrlOf(backing, databases);
    const plan: StackPlan = { ports, secrets, backing, databases, messagesUrl, publicUrl, tls };
    await migrate(plan);
    await fakes;
    if (watching) {
      observing = await startObserving({
        ...watching,
        ports,
        folder: join(folder, 'data/observe'),
      });
    }
    const startService = async (name: (typeof serviceNames)[number], more = {}) => {
      const running = run(
        name,
        ['--import', '@guichet/telemetry/register', 'src/main.ts'],
        join(repository, 'services', name),
        { ...environmentOf(name, plan), ...observing?.env, ...more },
      );
      await untilReady(running, `${at(ports[name] + managementOffset)}/health/ready`);
    };
    await Promise.all(serviceNames.map((name) => startService(name)));

    const stack = describeStack(plan, observing);
    writeFileSync(join(folder, 'stack.json'), `${JSON.stringify(stack, null, 2)}\n`, {
      mode: 0o600,
    });
    return {
      stack,
      secrets,
      watchers: observing?.told ?? {},
      broke: broken.promise,
      processes,
      async restart(service, more) {
        const name = serviceNames.find((known) => known === service);
        if (!name) throw new CannotStart(`There is no service ${service}.`);
        const old = processes.get(name);
        processes.delete(name);
        await old?.stop(20_000);
        await startService(name, more);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  async function startFakes(): Promise<void> {
    const testing = join(repository, 'packages/testing');
    const starting: Promise<void>[] = [];
    if (!usesRealStripe()) {
      const running = run('stripe', ['src/stripe/main.ts'], testing, {
        PORT: String(ports.stripe),
        WEBHOOK_URL: `${at(ports.payment)}/api/webhooks/stripe`,
        WEBHOOK_SECRET: secrets.stripeWebhookSecret,
        SECRET_KEY: secrets.stripeSecretKey,
        PUBLISHABLE_KEY: secrets.stripePublishableKey,
        STATE_FILE: join(folder, 'data/stripe.json'),
      });
      starting.push(untilReady(running, at(ports.stripe)));
    }
    if (!usesRealMail()) {
      const running = run('inbox', ['src/mail/main.ts'], testing, {
        PORT: String(ports.inbox),
        SMTP_PORT: String(ports.smtp),
        STATE_FILE: join(folder, 'data/inbox.json'),
      });
      starting.push(untilReady(running, at(ports.inbox)));
    }
    await Promise.all(starting);
  }

  async function migrate(plan: StackPlan): Promise<void> {
    await Promise.all(
      migrated.map(async (name) => {
        const running = runNode({
          name,
          args: ['src/migrate.ts'],
          cwd: join(repository, 'services', name),
          env: { ...environmentOf(name, plan), ...env },
          logs,
        });
        const how = await running.ended;
        if (running.process.exitCode !== 0) throw new CannotStart(`Migrating failed: ${how}`);
      }),
    );
  }
}
