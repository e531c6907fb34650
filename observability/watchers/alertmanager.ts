import { z } from 'zod';
import { askJson } from './ask-json.ts';

const alerts = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    startsAt: z.string(),
    status: z.object({ state: z.string() }),
  }),
);
export type Alert = z.output<typeof alerts>[number];

export const alertmanagerAt = (base: string) => ({
  /** Those that fire now, inhibited and silenced ones too. */
  firing: (): Promise<Alert[]> => askJson(alerts, base, '/api/v2/alerts', { active: 'true' }),
});
export type Alertmanager = ReturnType<typeof alertmanagerAt>;
