/**
 * The business says no. A refusal knows its stable code and a sentence for people; which HTTP
 * status it becomes is the business of the routes that answer it.
 */
export class Refusal<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, sentence: string, details?: Readonly<Record<string, unknown>>) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
