/** What stands in the way and what to do about it, in a sentence, for whoever typed `make images`. */
export class CannotBuild extends Error {}
