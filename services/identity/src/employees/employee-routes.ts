import {
  changeEmployee as changeEmployeeOperation,
  dismissEmployee as dismissEmployeeOperation,
  hireEmployee as hireEmployeeOperation,
  listEmployees as listEmployeesOperation,
} from '@guichet/contracts/employees';
import { idSchema } from '@guichet/contracts/ids';
import { parseRequest } from '@guichet/http/parse-request';
import type { Routes } from '@guichet/http/routes';
import { z } from 'zod';
import type { ChangeEmployee } from './change-employee.ts';
import type { DismissEmployee } from './dismiss-employee.ts';
import type { Employee, EmployeeRefusal } from './employee.ts';
import type { HireEmployee } from './hire-employee.ts';
import type { ListEmployees } from './list-employees.ts';

export const statusOfEmployeeRefusal = {
  employee_not_found: 404,
  already_employed: 409,
  last_admin: 409,
} satisfies Record<EmployeeRefusal, number>;

const cursorSchema = z.object({ cursor: idSchema.optional() });

const view = ({ id, email, firstName, lastName, role, disabled }: Employee) => ({
  id,
  email,
  firstName,
  lastName,
  role,
  disabled,
});

export function employeeRoutes(
  routes: Routes,
  deps: {
    listEmployees: ListEmployees;
    hireEmployee: HireEmployee;
    changeEmployee: ChangeEmployee;
    dismissEmployee: DismissEmployee;
  },
): void {
  routes.on(listEmployeesOperation, async ({ query, subject, res }) => {
    const { organiserId } = subject;
    const { cursor } = parseRequest(cursorSchema, { cursor: query.cursor });
    const page = { after: cursor ?? null, limit: query.limit };
    const { items, nextCursor } = await deps.listEmployees(organiserId, page);

    res.json({ items: items.map(view), nextCursor });
  });

  routes.on(hireEmployeeOperation, async ({ body, subject, res }) => {
    const employee = await deps.hireEmployee(subject, body);

    res.status(201).location(`/api/employees/${employee.id}`).json(view(employee));
  });

  routes.on(changeEmployeeOperation, async ({ params, body, subject, res }) => {
    res.json(view(await deps.changeEmployee(subject, params.id, body)));
  });

  routes.on(dismissEmployeeOperation, async ({ params, subject, res }) => {
    await deps.dismissEmployee(subject, params.id);
    res.status(204).end();
  });
}
