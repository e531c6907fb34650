import type { RequestListener } from 'node:http';
import { createServiceApp } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { KeyRing } from '@guichet/keys/key-ring';
import { postgresIdempotencyStore } from '@guichet/postgres/idempotency-store';
import type { Pool } from '@guichet/postgres/pool';
import { isUnavailable } from '@guichet/postgres/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { createSecurityEvents } from '@guichet/telemetry/security-events';
import { accountRoutes, statusOfAccountRefusal } from './accounts/account-routes.ts';
import { askPasswordReset } from './accounts/ask-password-reset.ts';
import { checkPassword } from './accounts/check-password.ts';
import type { Passwords } from './accounts/passwords.ts';
import { registerAccount } from './accounts/register-account.ts';
import { resetPassword } from './accounts/reset-password.ts';
import { showMe } from './accounts/show-me.ts';
import { changeEmployee } from './employees/change-employee.ts';
import { dismissEmployee } from './employees/dismiss-employee.ts';
import { employeeRoutes, statusOfEmployeeRefusal } from './employees/employee-routes.ts';
import { hireEmployee } from './employees/hire-employee.ts';
import { listEmployees } from './employees/list-employees.ts';
import { keyedIdempotency } from './keyed-idempotency.ts';
import { keyRoutes } from './keys/key-routes.ts';
import { listRoles } from './roles/list-roles.ts';
import { removeRole } from './roles/remove-role.ts';
import { roleRoutes, statusOfRoleRefusal } from './roles/role-routes.ts';
import { setRole } from './roles/set-role.ts';
import { endSession } from './sessions/end-session.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { refreshSession } from './sessions/refresh-session.ts';
import type { Lifetimes } from './sessions/session.ts';
import { sessionRoutes, statusOfSessionRefusal } from './sessions/session-routes.ts';
import { signIn } from './sessions/sign-in.ts';
import { signOut } from './sessions/sign-out.ts';
import type { Throttles } from './throttles/throttles.ts';
import { createAccessTokens } from './tokens/access-token.ts';
import { grantToken } from './tokens/grant-token.ts';
import type { ServiceClients } from './tokens/service-clients.ts';
import { statusOfTokenRefusal, tokenRoutes } from './tokens/token-routes.ts';

const statusOf = {
  ...statusOfAccountRefusal,
  ...statusOfSessionRefusal,
  ...statusOfEmployeeRefusal,
  ...statusOfRoleRefusal,
  ...statusOfTokenRefusal,
};

export type AppDeps = {
  pool: Pool;
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  keys: Pick<KeyRing, 'current' | 'jwks'>;
  passwords: Passwords;
  clients: ServiceClients;
  sealingKey: Buffer;
  throttles: Throttles;
  issuer: string;
  lifetimes: Lifetimes;
  /** Milliseconds that an answer takes at least where its time could tell of an account. */
  floorMs: number;
};

function sessionUseCases(deps: AppDeps) {
  const { pool, passwords, throttles, keys, issuer, lifetimes } = deps;
  const noteSecurityEvent = createSecurityEvents(deps);
  const accessTokens = createAccessTokens({
    keys,
    issuer,
    lifetimeSeconds: lifetimes.accessTokenSeconds,
  });
  return {
    accessTokens,
    signIn: signIn({
      pool,
      accessTokens,
      lifetimes,
      checkPassword: checkPassword({ pool, passwords }),
      throttle: throttles.signIn,
      noteSecurityEvent,
    }),
    refreshSession: refreshSession({ pool, accessTokens, lifetimes, noteSecurityEvent }),
    signOut: signOut({ pool }),
    listSessions: listSessions({ pool }),
    endSession: endSession({ pool }),
  };
}

/** Identity's own operations, all of them. */
export function createApp(deps: AppDeps): RequestListener {
  const { pool, passwords, throttles, keys, clients, issuer, lifetimes, floorMs } = deps;
  const sessions = sessionUseCases(deps);

  return createServiceApp({
    logger: deps.logger,
    metrics: deps.metrics,
    verifyToken: deps.verifyToken,
    statusOf,
    idempotencyStore: keyedIdempotency(postgresIdempotencyStore(pool), deps.sealingKey),
    isUnavailable,
    // The gateway, which alone says in x-forwarded-for where a call came from.
    trustedProxies: 1,
    mount(routes) {
      accountRoutes(routes, {
        registerAccount: registerAccount({ pool, passwords, floorMs }),
        askPasswordReset: askPasswordReset({ pool, throttle: throttles.resetMails, floorMs }),
        resetPassword: resetPassword({ pool, passwords }),
        showMe: showMe({ pool }),
      });
      sessionRoutes(routes, { ...sessions, idleMs: lifetimes.idleMs });
      tokenRoutes(routes, { grantToken: grantToken({ ...sessions, clients }) });
      keyRoutes(routes, { keys, issuer });
      employeeRoutes(routes, {
        listEmployees: listEmployees({ pool }),
        hireEmployee: hireEmployee({ pool }),
        changeEmployee: changeEmployee({ pool }),
        dismissEmployee: dismissEmployee({ pool }),
      });
      roleRoutes(routes, {
        listRoles: listRoles({ pool }),
        setRole: setRole({ pool }),
        removeRole: removeRole({ pool }),
      });
    },
  });
}
