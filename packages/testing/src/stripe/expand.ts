import type { Account } from './account.ts';

const lookUp = (account: Account, id: string): unknown =>
  account.intents.get(id) ??
  account.charges.get(id) ??
  account.refunds.get(id) ??
  account.methods.get(id);

const expandPath = (account: Account, value: unknown, path: readonly string[]): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) {
    return typeof value === 'string' ? (lookUp(account, value) ?? value) : value;
  }
  const whole = typeof value === 'string' ? (lookUp(account, value) ?? value) : value;
  if (Array.isArray(whole)) return whole.map((item) => expandPath(account, item, path));
  if (typeof whole !== 'object' || whole === null || !(name in whole)) return whole;

  const inner = (whole as Record<string, unknown>)[name];
  return { ...whole, [name]: expandPath(account, inner, rest) };
};

/** Replaces ids by what they stand for: `latest_charge`, or `data.payment_intent` in a list. */
export const expand = (account: Account, answer: unknown, paths: readonly string[]): unknown =>
  paths.reduce((expanded, path) => expandPath(account, expanded, path.split('.')), answer);
