import { loadConfig } from '@guichet/config/load-config';
import { common, database, messaging, secret } from '@guichet/config/setting';
import { z } from 'zod';
import type { Lifetimes } from './sessions/session.ts';
import { createServiceClients } from './tokens/service-clients.ts';

const whole = z.coerce.number().int();
const sealingKeyBytes = 32;

export const settings = z.object({
  ...common,
  ...database,
  ...messaging,
  sealingKey: secret(
    z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === sealingKeyBytes, {
        message: 'is not 32 bytes in base64',
      })
      .transform((text) => Buffer.from(text, 'base64')),
  ).describe('Seals the private signing keys in the database; `openssl rand -base64 32`.'),
  serviceClients: secret(
    z.string().transform((text, context) => {
      try {
        return createServiceClients(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not a list of name:sha256hex' });
        return z.NEVER;
      }
    }),
  ).describe('The services that get tokens: `reservation:<sha256 of its secret>,…`.'),
  accessTokenSeconds: whole
    .min(30)
    .max(600)
    .default(300)
    .describe('Five minutes (DESIGN.md 3): what a lost token is worth to its finder.'),
  sessionDays: whole
    .min(1)
    .max(90)
    .default(30)
    .describe('A session ends this long after its sign-in, however much it is used.'),
  sessionIdleDays: whole
    .min(1)
    .max(90)
    .default(14)
    .describe('And this long after its last use; somebody who buys twice a month stays in.'),
  refreshGraceSeconds: whole
    .min(0)
    .max(60)
    .default(10)
    .describe('Two tabs that wake at once are within it; a thief is rarely that quick.'),
  keyRotationDays: whole
    .min(1)
    .default(30)
    .describe('How long a key signs. Monthly, so that rotating is a habit and no event.'),
  passwordConcurrency: whole
    .min(1)
    .optional()
    .describe('Passwords hashed at once; as many as there are cores unless set.'),
  passwordQueue: whole
    .min(0)
    .default(200)
    .describe('How many wait for that: about four seconds of them on two cores.'),
  answerFloorMs: whole
    .min(0)
    .default(250)
    .describe('Registering and asking for a reset take as long for known and unknown addresses.'),
  throttleStore: z
    .enum(['postgres', 'memory'])
    .default('postgres')
    .describe('Where wrong passwords are counted; in memory each replica counts for itself.'),
  signInFailures: whole
    .min(1)
    .default(10)
    .describe('Wrong passwords in 15 minutes on one account from one address.'),
  signInFailuresPerAddress: whole
    .min(1)
    .default(100)
    .describe('Wrong passwords in an hour from one address, which may be an office or a school.'),
  resetMailsPerHour: whole
    .min(1)
    .default(5)
    .describe('E-mails that reset a password, to one address: enough to try again, no flood.'),
});

export const readConfig = () => loadConfig(settings);
export type Settings = ReturnType<typeof readConfig>['values'];

const dayMs = 86_400_000;

export const lifetimesOf = (config: Settings): Lifetimes => ({
  accessTokenSeconds: config.accessTokenSeconds,
  sessionMs: config.sessionDays * dayMs,
  idleMs: config.sessionIdleDays * dayMs,
  graceMs: config.refreshGraceSeconds * 1_000,
});
