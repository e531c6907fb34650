import { readFileSync } from 'node:fs';

/**
 * The ten thousand most common passwords of at least eight characters, in lower case, most common
 * first: from the list of @zxcvbn-ts/language-common 4.1.3 (MIT). OWASP ASVS 5.0.0 6.2.4 asks for
 * three thousand.
 */
const common: ReadonlySet<string> = new Set(
  readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n'),
);

export const isCommonPassword = (password: string): boolean => common.has(password.toLowerCase());
