import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

function keyOf(sealingKey: Buffer): Buffer {
  if (sealingKey.length !== 32) throw new Error('A sealing key has 32 bytes.');
  return sealingKey;
}

/**
 * Encrypts `plaintext` with AES-256-GCM under a 32-byte key.
 *
 * @returns nonce (12 bytes), ciphertext and tag (16 bytes), in base64url.
 */
export function seal(sealingKey: Buffer, plaintext: string | Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(sealingKey), nonce);
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url');
}

/** Decrypts what `seal` gave; throws when the key is another one or a byte was changed. */
export function unseal(sealingKey: Buffer, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(algorithm, keyOf(sealingKey), bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw new Error('A key cannot be unsealed: SEALING_KEY is not the one it was sealed with.', {
      cause,
    });
  }
}
