import { parseArgs } from 'node:util';

export const help = `Messages that no retry could help, kept for a person.

  list                              every consumer, and how many of its messages are parked
  list    <consumer> [--limit 100]  what is parked, the oldest first, and why
  show    <consumer> <id>           one message whole; what may be secret or personal is hidden
                     [--reveal]     … but for this
  replay  <consumer> <id>|all       delivers it again, from the first attempt
  discard <consumer> <id> --reason '…'

  --by <name>   who you are, for the audit log (replay, discard); $USER unless given
  --help

MESSAGES_URL, MESSAGES_URL_FILE or CONFIG_DIR say where the messages are, as for the services.
Looking changes nothing. Replaying and discarding are written to the audit log first.
Ends with 0; 1 where the messages cannot be reached or used; 2 where it was not understood;
3 where there is no such consumer or message.
`;

/** The words or the settings are not as they must be. */
export class NotUnderstood extends Error {}

export type Command =
  | { readonly action: 'overview' }
  | { readonly action: 'list'; readonly consumer: string; readonly limit: number }
  | {
      readonly action: 'show';
      readonly consumer: string;
      readonly id: string;
      readonly reveal: boolean;
    }
  | {
      readonly action: 'replay';
      readonly consumer: string;
      readonly id: string;
      readonly by: string;
    }
  | {
      readonly action: 'discard';
      readonly consumer: string;
      readonly id: string;
      readonly by: string;
      readonly reason: string;
    };

const options = {
  limit: { type: 'string' },
  reveal: { type: 'boolean' },
  reason: { type: 'string' },
  by: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Which options each action takes; another one is a mistake, and not left unheard. */
const taken = {
  list: ['limit'],
  show: ['reveal'],
  replay: ['by'],
  discard: ['by', 'reason'],
} as const;

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new NotUnderstood((cause as Error).message, { cause });
  }
}

function needed(value: string | undefined, otherwise: string): string {
  const text = value?.trim();
  if (!text) throw new NotUnderstood(otherwise);
  return text;
}

function limitIn(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new NotUnderstood(`--limit is "${text}"; it must be a number from 1 to 999999.`);
}

/** Reads a command line, or throws `NotUnderstood` with a sentence that says what to write. */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command | 'help' {
  const { values, positionals } = read(args);
  if (values.help || args.length === 0) return 'help';
  const [action = '', consumer, id, ...more] = positionals;
  if (!(action in taken)) {
    throw new NotUnderstood(`"${action}" is none of ${Object.keys(taken).join(', ')}.`);
  }
  const known: readonly string[] = taken[action as keyof typeof taken];
  const surplus = Object.keys(values).find((name) => !known.includes(name));
  if (surplus) throw new NotUnderstood(`${action} takes no --${surplus}.`);
  if (more.length > 0 || (action === 'list' && id !== undefined)) {
    throw new NotUnderstood(`${action} takes no "${more.at(-1) ?? id}".`);
  }

  if (action === 'list' && consumer === undefined) return { action: 'overview' };
  const of = needed(consumer, 'Which consumer? Name one, such as reservation.payments.');
  if (action === 'list') {
    return { action, consumer: of, limit: limitIn(values.limit ?? '100') };
  }
  const one = needed(id, `Which message? Give its id, as \`list ${of}\` shows it.`);
  if (action === 'show') {
    return { action, consumer: of, id: one, reveal: values.reveal ?? false };
  }
  const by = needed(values.by ?? env.USER, 'Who are you? Say --by <name>: it is audited.');
  if (action === 'replay') return { action, consumer: of, id: one, by };
  const reason = needed(values.reason, "Why? Say --reason '…': it is audited.");
  return { action: 'discard', consumer: of, id: one, by, reason };
}
