import type { z } from 'zod';
import type { Work } from './work.ts';

export type Call<Params> = {
  readonly work: Work;
  /** The `:id` of the path. */
  readonly id: string;
  readonly params: Params;
  /** Called by a page, with the publishable key. */
  readonly byPage: boolean;
};

/** One call of Stripe's API. `name` is what faults know it by. */
export type Endpoint = {
  readonly name: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Whether a page may call it with the publishable key. */
  readonly byPage: boolean;
  readonly params: z.ZodObject;
  run(call: Call<never>): unknown;
};

export const endpoint = <Params extends z.ZodObject>(declared: {
  name: string;
  method: 'get' | 'post';
  path: string;
  byPage?: true;
  params: Params;
  run(call: Call<z.output<Params>>): unknown;
}): Endpoint => ({ ...declared, byPage: declared.byPage ?? false });
