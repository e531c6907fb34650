import { z } from 'zod';
import { askJson } from './ask-json.ts';

const reference = z.object({ refType: z.string(), spanID: z.string() });
const traces = z.object({
  data: z.array(
    z.object({
      spans: z.array(
        z.object({
          spanID: z.string(),
          operationName: z.string(),
          processID: z.string(),
          references: z.array(reference),
        }),
      ),
      processes: z.record(z.string(), z.object({ serviceName: z.string() })),
    }),
  ),
});

export type Span = {
  id: string;
  /** The span that it is part of; none, or one that is not ours, for a root. */
  parentId: string | undefined;
  service: string;
  name: string;
};

export const jaegerAt = (base: string) => ({
  /** Throws where there is no such trace. */
  async spans(traceId: string): Promise<Span[]> {
    const { data } = await askJson(traces, base, `/api/traces/${traceId}`);
    return data.flatMap(({ spans, processes }) =>
      spans.map(({ spanID, operationName, processID, references }) => ({
        id: spanID,
        parentId: references.find(({ refType }) => refType === 'CHILD_OF')?.spanID,
        service: processes[processID]?.serviceName ?? 'nobody',
        name: operationName,
      })),
    );
  },
});
export type Jaeger = ReturnType<typeof jaegerAt>;
