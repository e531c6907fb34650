/**
 * An error that is an answer and no fault: it has no stack. Writing one down costs 3 to 8 µs, and
 * the crowd that comes too late is refused ten thousand times a second.
 */
export class NoFault extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(sentence, options);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The business says no. A refusal knows its stable code and a sentence for people; which HTTP
 * status it becomes is the business of the routes that answer it.
 */
export class Refusal<Code extends string = string> extends NoFault {
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, sentence: string, details?: Readonly<Record<string, unknown>>) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
