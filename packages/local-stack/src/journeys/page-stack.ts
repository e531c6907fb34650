import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startOwnStack } from '../e2e/own-stack.ts';
import { hasRabbit } from '../providers/rabbit.ts';
import type { StartedStack } from '../stack/start-stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run's stack is, and what it keeps secret. */
    stack: Pick<StartedStack, 'stack' | 'secrets'>;
  }
}

/** What the stack said, for whoever asks why a journey failed. */
const log = join(import.meta.dirname, '../../../../.guichet/journeys.log');

/** Limits that real customers never meet, who come from one address here. */
const env = {
  REQUESTS_PER_SECOND: '100000',
  SIGN_INS_PER_MINUTE: '1000',
  // Nobody waits a quarter of a minute for each hold that ends.
  HOLD_GRACE_MS: '2000',
};

/**
 * One stack for a whole run of journeys; each has offerings of its own in it.
 *
 * @public vitest calls it, by the name of this file
 */
export default async function startPageStack(project: TestProject) {
  const messages = hasRabbit() ? 'rabbit' : 'postgres';
  const { stack, lines, end } = await startOwnStack({ messages, https: false, env });
  project.provide('stack', { stack: stack.stack, secrets: stack.secrets });
  return async () => {
    await end();
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, `${lines.join('\n')}\n`);
  };
}
