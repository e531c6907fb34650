/** Who did what, to whom, and why where it says so: kept by whoever keeps the audit log. */
export const auditRecorded = (
  entry: {
    actorId: string;
    organiserId: string | null;
    action: string;
    target: string;
    reason?: string;
  },
  sequence: number,
) => ({
  type: 'audit.recorded' as const,
  subject: entry.target,
  sequence,
  data: { ...entry, at: new Date().toISOString() },
});
