import { randomUUID } from 'node:crypto';
import { json, Router } from 'express';
import { z } from 'zod';

type AnyFault = { fault: string; times?: number | undefined };
type OfKind<F extends AnyFault, K extends F['fault']> = Extract<F, { fault: K }>;
type Added<F> = { id: string } & F;

/** Faults that a stand-in was told to have. One without `times` stays until it is cleared. */
export type FaultList<F extends AnyFault> = {
  add(fault: F): Added<F>;
  list(): Added<F>[];
  clear(id?: string): void;
  /** The oldest fault of that kind which meets the subject, and the object it is done to, used up once. */
  take<K extends F['fault']>(kind: K, subject: string, object?: string): OfKind<F, K> | undefined;
};

export const createFaultList = <F extends AnyFault>(
  meets: (fault: F, subject: string, object: string | undefined) => boolean,
): FaultList<F> => {
  const faults = new Map<string, F>();

  return {
    add: (fault) => {
      const id = randomUUID();
      faults.set(id, { ...fault });
      return { id, ...fault };
    },
    list: () => [...faults].map(([id, fault]) => ({ id, ...fault })),
    clear: (id) => {
      if (id === undefined) faults.clear();
      else faults.delete(id);
    },
    take: <K extends F['fault']>(kind: K, subject: string, object?: string) => {
      for (const [id, fault] of faults) {
        if (fault.fault !== kind || !meets(fault, subject, object)) continue;
        if (fault.times !== undefined) fault.times -= 1;
        if (fault.times === 0) faults.delete(id);
        return fault as OfKind<F, K>;
      }
      return undefined;
    },
  };
};

/** `GET`, `POST` and `DELETE /faults`, for whoever is not in this process. */
export const faultRoutes = <F extends AnyFault>(
  faults: FaultList<F>,
  schema: z.ZodType<F>,
): Router => {
  const routes = Router();

  routes.get('/faults', (_req, res) => {
    res.json({ items: faults.list() });
  });
  routes.post('/faults', json(), (req, res) => {
    const parsed = schema.safeParse(req.body);
    if (parsed.success) res.status(201).json(faults.add(parsed.data));
    else res.status(400).json({ error: z.prettifyError(parsed.error) });
  });
  routes.delete('/faults{/:id}', (req, res) => {
    const { id } = req.params as { id?: string };
    faults.clear(id);
    res.status(204).end();
  });

  return routes;
};
