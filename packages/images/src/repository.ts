import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');
export const inRepository = (...path: string[]): string => join(repository, ...path);
