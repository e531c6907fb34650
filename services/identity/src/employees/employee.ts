import { Refusal } from '@guichet/contracts/refusal';

/** Somebody who works for an organiser. Their id is that of their account: who acts, everywhere. */
export type Employee = {
  id: string;
  organiserId: string;
  email: string;
  firstName: string;
  lastName: string;
  role: string;
  disabled: boolean;
};

export type EmployeeRefusal = 'employee_not_found' | 'already_employed' | 'last_admin';

export const employeeNotFound = () =>
  new Refusal<EmployeeRefusal>('employee_not_found', 'The organiser has no such employee.');
