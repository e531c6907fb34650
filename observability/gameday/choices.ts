import { CannotUseStack } from '@guichet/local-stack/stack/stack-file';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import type { Ground } from './ground.ts';

export type Choices = {
  readonly fault: Fault;
  /** Where what happened is written down besides. */
  readonly transcript: string | undefined;
};

const listed = () =>
  faults
    .map(({ name, does, where }) => {
      const only = where.includes('machine') ? '' : ' (on a cluster only)';
      return `  ${name.padEnd(18)} ${does}${only}`;
    })
    .join('\n');

/** What `make gameday` was told: FAULT, TRANSCRIPT. */
export function readChoices(env: NodeJS.ProcessEnv): Choices {
  const name = env.FAULT?.trim();
  if (!name) throw new CannotUseStack(`Which? Say FAULT=…, one of:\n${listed()}`);
  const fault = faults.find((known) => known.name === name);
  if (!fault) throw new CannotUseStack(`FAULT=${name} is no fault. There are:\n${listed()}`);
  return { fault, transcript: env.TRANSCRIPT?.trim() || undefined };
}

/** Whether the fault can be done there at all. */
export function refuseElsewhere({ name, where }: Fault, kind: Ground['kind']): void {
  if (where.includes(kind)) return;
  throw new CannotUseStack(
    `FAULT=${name} is done on a cluster only: say GUICHET_STACK=.guichet/cluster.json after \`make deploy\`.`,
  );
}
