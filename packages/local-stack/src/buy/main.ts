import { createClient, ProblemAnswer, UnexpectedAnswer } from '@guichet/contracts/client';
import { CannotUseStack } from '../stack/stack-file.ts';
import { trusting } from '../stack/trusting.ts';
import type { Buyer } from './buyer.ts';
import { readChoices } from './choices.ts';
import { rememberExchanges } from './exchanges.ts';
import { purchase } from './purchase.ts';
import { readStack } from './read-stack.ts';
import { createReport } from './report.ts';

const fail = (sentence: string): void => {
  process.stderr.write(`\n${sentence}\n`);
  process.exitCode = 1;
};

const buy = async (): Promise<Buyer> => {
  const choices = readChoices(process.env);
  const stack = await readStack();
  const exchanges = rememberExchanges(trusting(stack.certificate));
  const buyer: Buyer = {
    api: createClient({ baseUrl: stack.gateway, fetch: exchanges.fetch }),
    fetch: exchanges.fetch,
    stack,
    choices,
    step: createReport(exchanges, (text) => process.stdout.write(text)),
    broken: [],
  };
  await purchase(buyer);
  return buyer;
};

try {
  const { broken } = await buy();
  if (broken.length > 0) fail(`Not as promised:\n${broken.join('\n')}`);
  else process.stdout.write('\nAll as promised.\n');
} catch (error) {
  if (error instanceof ProblemAnswer) {
    fail(`Refused (${error.status} ${error.code}): ${error.problem.detail ?? error.problem.title}`);
  } else if (error instanceof CannotUseStack || error instanceof UnexpectedAnswer)
    fail(error.message);
  else throw error;
}
