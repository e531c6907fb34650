import { MongoServerError } from 'mongodb';

/** Whether a write was refused because another document has that unique key. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === 11_000;
