/** What of the stack's own secrets the demo needs. */
export type DemoSecrets = { demoPassword: string };

export type DemoAccount = { email: string; password: string };
export type DemoAccounts = Record<keyof typeof people, DemoAccount>;

/** Who can be signed in as: one of each built-in role, the three staff at every organiser. */
const people = {
  customer: { email: 'customer@guichet.example', firstName: 'Camille', lastName: 'Martin' },
  employee: { email: 'employee@guichet.example', firstName: 'Emre', lastName: 'Yılmaz' },
  manager: { email: 'manager@guichet.example', firstName: 'Marta', lastName: 'Ruiz' },
  admin: { email: 'admin@guichet.example', firstName: 'Anna', lastName: 'Keller' },
} as const;

export const staffRoles = ['employee', 'manager'] as const;

/** One password for all four: it is made for this stack alone, and its table shows it. */
export const demoAccounts = ({ demoPassword }: DemoSecrets): DemoAccounts => ({
  customer: { email: people.customer.email, password: demoPassword },
  employee: { email: people.employee.email, password: demoPassword },
  manager: { email: people.manager.email, password: demoPassword },
  admin: { email: people.admin.email, password: demoPassword },
});

export const demoPeople = people;
