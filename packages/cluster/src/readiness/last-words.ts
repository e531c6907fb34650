/** What comes before the `@` of a URL; a driver may quote the one that it was given. */
const credentials = /(:\/\/)[^\s"'`]*@/g;
const longest = 300;

type LogLine = { level?: string; msg?: string; err?: { message?: string } };

function read(line: string): LogLine | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return parsed && typeof parsed === 'object' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const serious = ['warn', 'error', 'fatal'];
/** How errors of Node and of most programs begin, rather than a line of a stack or of a banner. */
const complaint = /^(\S*Error\b.*|fatal:.*|error:.*)/i;

/**
 * The last thing that a program said and meant: of our own log its last warning or error, else its
 * last line; of another's, its last line that complains. Never credentials.
 */
export function lastWords(log: string): string | undefined {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const parsed = lines.map(read).filter((line) => line !== undefined);
  const own = parsed.findLast(({ level = '' }) => serious.includes(level)) ?? parsed.at(-1);
  const other = lines.findLast((line) => complaint.test(line)) ?? lines.at(-1);
  const said = own?.msg ? [own.msg, own.err?.message].filter(Boolean).join(': ') : other;
  return said?.replaceAll(credentials, '$1…@').slice(0, longest);
}
