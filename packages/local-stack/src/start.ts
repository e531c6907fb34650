import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { seedDemo } from './demo/seed-demo.ts';
import { CannotProvide } from './providers/provider.ts';
import { createLogLines, paintFor } from './stack/log-lines.ts';
import { CannotStart } from './stack/ports.ts';
import { type StartedStack, startStack } from './stack/start-stack.ts';
import { stackTable } from './stack/table.ts';
import { trusting } from './stack/trusting.ts';

const repository = join(import.meta.dirname, '../../..');
const folder = join(repository, '.guichet');
const paint = paintFor(process.stdout);
const say = (line: string) => process.stdout.write(`${line}\n`);
const logs = createLogLines(say, paint);

/** `.env` beside the README, where there is one; what is set already wins. */
function readDotEnv(): void {
  try {
    const text = readFileSync(join(repository, '.env'), 'utf8');
    for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function portBase(): number {
  const text = process.env.GUICHET_PORT_BASE ?? '8080';
  const base = Number(text);
  if (Number.isInteger(base) && base > 0 && base < 65_000) return base;
  throw new CannotStart(`GUICHET_PORT_BASE is "${text}"; it must be a port such as 8080.`);
}

async function main(): Promise<number> {
  readDotEnv();
  const asked = Promise.withResolvers<'signal'>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => asked.resolve('signal'));
  }
  const starting = startStack({
    portBase: portBase(),
    folder,
    https: process.env.HTTPS === '1',
    logs,
    ...(process.env.OBSERVE === '1' ? { observe: { drill: process.env.DRILL === '1', say } } : {}),
  });
  const outcome = await Promise.race([starting, asked.promise]);
  if (outcome === 'signal') {
    await starting.then(({ stop }) => stop()).catch(() => {});
    return 130;
  }
  return await attend(outcome, asked.promise);
}

/** Fills the stack where it is empty, shows it, and waits for Ctrl-C or for something to break. */
async function attend(started: StartedStack, asked: Promise<'signal'>): Promise<number> {
  const { stack, secrets, watchers, broke, stop } = started;
  let end: string;
  try {
    const seeding = seedDemo({
      gatewayUrl: stack.gateway,
      secrets,
      fetch: trusting(stack.certificate),
    });
    const first = await Promise.race([seeding, asked, broke]);
    if (typeof first !== 'string') say(stackTable(stack, watchers, paint));
    end = await Promise.race([asked, broke]);
  } finally {
    await stop();
  }
  if (end === 'signal') return 0;
  // Last, under what the others said while they were ended.
  process.stderr.write(`\n${end}\nSo everything else was ended too.\n`);
  return 1;
}

try {
  process.exit(await main());
} catch (error) {
  const expected = error instanceof CannotStart || error instanceof CannotProvide;
  process.stderr.write(`\n${expected ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exit(1);
}
