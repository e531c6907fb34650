import type { IncomingMessage } from 'node:http';
import type { Operation } from '@guichet/contracts/operation';
import { Problem } from './problem.ts';
import type { Subject } from './subject.ts';

const authenticationRequired = () =>
  new Problem({
    status: 401,
    code: 'authentication_required',
    detail: 'Sign in, and send the access token as "Authorization: Bearer …".',
    headers: { 'www-authenticate': 'Bearer' },
  });

const denied = (detail: string) => new Problem({ status: 403, code: 'permission_denied', detail });

/** The access token that a request carries. */
export const bearerOf = ({ headers }: IncomingMessage): string | undefined =>
  headers.authorization === undefined
    ? undefined
    : /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1];

/** Refuses who may not call the operation at all. What they may reach with it is the handler's. */
export function checkAccess(
  { access }: Operation,
  subject: Subject | undefined,
  manageToken: string | undefined,
): void {
  if (access === 'public') return;
  if (access === 'booking') {
    if (!subject && !manageToken) throw authenticationRequired();
    if (subject?.kind === 'service') throw denied('This is for people.');
    return;
  }
  if (!subject) throw authenticationRequired();
  if (access === 'service') {
    if (subject.kind !== 'service') throw denied('This is for services.');
    return;
  }
  if (subject.kind === 'service') throw denied('This is for people.');
  if (access === 'signed_in') return;
  if (subject.organiserId && subject.permissions.includes(access.permission)) return;
  throw denied(
    subject.organiserId
      ? `Your role lacks the permission ${access.permission}. Ask an admin of your organiser.`
      : 'Your token acts for no organiser. Ask for one that does, with `organiserId`.',
  );
}
