import { z } from 'zod';

/** `1:base64,2:base64`: versions of a byte, keys of at least 32 bytes; the last one signs. */
export const versionedKeys = z.string().transform((text, context) => {
  const keys = new Map<number, Buffer>();
  for (const entry of text.split(',')) {
    const [, version = '', encoded = ''] =
      /^(\d{1,3}):([A-Za-z0-9+/]+=*)$/.exec(entry.trim()) ?? [];
    const key = Buffer.from(encoded, 'base64');
    if (version === '' || Number(version) > 255 || key.length < 32) {
      context.addIssue('use `version:base64,…` with keys of at least 32 bytes');
      return z.NEVER;
    }
    keys.set(Number(version), key);
  }
  return keys;
});

/** 32 bytes in base64: what `seal` of packages/keys takes. */
export const sealingKeyBytes = z
  .base64()
  .length(44)
  .transform((text) => Buffer.from(text, 'base64'));
