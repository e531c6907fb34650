import type { Permission } from '@guichet/contracts/permissions';

/** Who acts, as the access token says: verified, never taken from a header. */
export type Subject = {
  readonly id: string;
  readonly kind: 'customer' | 'employee' | 'service';
  /** The organiser they act for; absent for customers and services. */
  readonly organiserId?: string;
  readonly permissions: readonly Permission[];
  readonly sessionId?: string;
};
