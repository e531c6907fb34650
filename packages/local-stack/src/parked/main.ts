import { runParked } from '@guichet/messaging/parked/run';
import { z } from 'zod';
import { CannotUseStack, readStackFile } from '../stack/stack-file.ts';
import { wordsOf } from './choices.ts';

const stackSchema = z.object({ backing: z.object({ messages: z.object({ url: z.string() }) }) });
const out = (text: string) => process.stdout.write(text);
const err = (text: string) => process.stderr.write(text);

try {
  const words = wordsOf(process.env);
  const { backing } = await readStackFile(stackSchema);
  const env = { ...process.env, MESSAGES_URL: backing.messages.url };
  process.exitCode = await runParked(words, env, { out, err });
} catch (error) {
  if (!(error instanceof CannotUseStack)) throw error;
  err(`${error.message}\n`);
  process.exitCode = 2;
}
