import type { z } from 'zod';
import type { Permission } from './permissions.ts';

export type ServiceName =
  | 'gateway'
  | 'identity'
  | 'catalog'
  | 'reservation'
  | 'payment'
  | 'notification'
  | 'waiting-room'
  | 'prescaler'
  | 'web';

/**
 * Who may call an operation.
 *
 * - `public`: anybody.
 * - `signed_in`: whoever has a valid access token of a person.
 * - `booking`: a guest with `X-Manage-Token` or a person with an access token; which bookings they
 *   reach is decided on the object, and another's booking is answered as if it did not exist.
 * - `service`: another service, by client credentials; the gateway never routes these.
 * - `{ permission }`: an employee whose token acts for an organiser and holds the permission.
 */
export type Access =
  | 'public'
  | 'signed_in'
  | 'booking'
  | 'service'
  | { readonly permission: Permission };

/** What comes out by a media type that is not JSON, or by a range of them: `image/*`. */
export type OtherMedia = { readonly mediaType: string };

/** A body whose bytes the handler reads itself: its media types, and how long it may be. */
export type RawBody = { readonly raw: readonly string[]; readonly limitBytes: number };

export type Operation = {
  /** Stable name: OpenAPI's operationId, and the scope of idempotency keys. */
  readonly id: string;
  readonly service: ServiceName;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/api/bookings/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /**
   * An access token is not even looked at: whoever signs in, refreshes or signs out often has one
   * that has expired or counts no more, and a 401 for it would shut them out. So it would whoever
   * connects a stream again: a browser does that by itself, with a cookie that has grown old.
   */
  readonly ignoresToken?: true;
  /**
   * The answer goes on for as long as somebody listens: it has no deadline, what comes is passed on
   * at once, and its length is no measure of how fast it was answered.
   */
  readonly streams?: true;
  /**
   * New work that comes in crowds and can come again: the gateway refuses it where every process of
   * its service has too old a queue. What somebody has begun, paying above all, is never refused so.
   */
  readonly sheds?: true;
  /** Beside its own access it looks at `X-Manage-Token`: a person shows what a guest was given. */
  readonly showsManageToken?: true;
  /** `required` refuses a call without `Idempotency-Key`; `accepted` honours one. */
  readonly idempotency?: 'required' | 'accepted';
  /** `handler`: the operation's own statement resolves the key together with its effect. */
  readonly idempotencyBy?: 'routes' | 'handler';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** A zod schema of JSON, or media types that the handler reads from the raw bytes. */
  readonly body?: z.ZodType | RawBody;
  /** How long a JSON body may be, where that is more than usual. */
  readonly bodyLimitBytes?: number;
  /** Status to the schema of its JSON body; `null` has no body. */
  readonly responses: Readonly<Record<number, z.ZodType | OtherMedia | null>>;
  /** The refusal codes it may answer, for the document. */
  readonly refusals?: readonly string[];
};

/** Declares one operation, keeping its literal types, so that routes and clients infer from it. */
export const operation = <const O extends Operation>(declared: O): O => declared;

export const isRawBody = (body: Operation['body']): body is RawBody =>
  body !== undefined && 'raw' in body;

/** How long the body of an operation may be, where others may be `usualBytes` long. */
export const bodyLimitOf = (
  { body, bodyLimitBytes }: Pick<Operation, 'body' | 'bodyLimitBytes'>,
  usualBytes: number,
): number => (isRawBody(body) ? body.limitBytes : (bodyLimitBytes ?? usualBytes));
