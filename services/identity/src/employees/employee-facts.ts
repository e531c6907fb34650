import { auditRecorded } from '@guichet/messaging/audit';
import type { Employee } from './employee.ts';

export const employeeCreated = ({ id, organiserId, email, role }: Employee, sequence: number) => ({
  type: 'employee.created' as const,
  subject: id,
  sequence,
  data: { employeeId: id, organiserId, email, role },
});

/** `sequence` is the account's version: a person has one history, whoever employs them. */
export const employeeAudited = (
  actorId: string,
  action: 'employee.hired' | 'employee.changed' | 'employee.dismissed',
  { id, organiserId }: Employee,
  sequence: number,
) => auditRecorded({ actorId, organiserId, action, target: id }, sequence);
