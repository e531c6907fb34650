import { join } from 'node:path';

const repository = join(import.meta.dirname, '../../..');

export const inRepository = (...path: string[]): string => join(repository, ...path);
