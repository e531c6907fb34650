import { MongoError } from 'mongodb';

const passing = [
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoServerSelectionError',
  'MongoWaitQueueTimeoutError',
];

/** A connection that was reset under a write: the driver passes the system's error on as it is. */
const isSystemError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/** Trying later may help: no server or no connection was to be had in time, or one broke. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof MongoError ? passing.includes(error.name) : isSystemError(error);
