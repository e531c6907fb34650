/** What stands in the way and what to do about it, in a sentence, for whoever typed the command. */
export class CannotRun extends Error {}
