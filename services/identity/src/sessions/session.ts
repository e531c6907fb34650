/** A person signed in on one device: a family of refresh tokens, of which the last one counts. */
export type Session = {
  id: string;
  accountId: string;
  /** Whom its access tokens act for; null: the person acts as a customer. */
  organiserId: string | null;
};

/** A session as its owner sees it. */
export type LiveSession = {
  id: string;
  organiserId: string | null;
  device: string;
  startedAt: Date;
  usedAt: Date;
};

export type EndReason = 'signed_out' | 'password_reset' | 'token_reused';

export type SessionRefusal = 'refresh_token_invalid' | 'refresh_token_reused' | 'session_not_found';

/** How long sessions and their parts live. */
export type Lifetimes = {
  accessTokenSeconds: number;
  /** A session ends this long after its sign-in, whatever was done in it (ASVS 10.4.8). */
  sessionMs: number;
  /** A session ends when it was not used for so long. */
  idleMs: number;
  /** So long a used refresh token may come again, and gets the successor it got before. */
  graceMs: number;
};
