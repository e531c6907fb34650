import type { Pool } from '@guichet/postgres/pool';
import type { Employee } from './employee.ts';
import { employeeStore } from './employee-store.ts';

/** A page of those who work for the organiser; the cursor is the last one's id. */
export const listEmployees =
  ({ pool }: { pool: Pool }) =>
  async (
    organiserId: string,
    page: { after: string | null; limit: number },
  ): Promise<{ items: Employee[]; nextCursor: string | null }> => {
    const found = await employeeStore(pool).list(organiserId, { ...page, limit: page.limit + 1 });
    const items = found.slice(0, page.limit);
    return { items, nextCursor: found.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  };
export type ListEmployees = ReturnType<typeof listEmployees>;
