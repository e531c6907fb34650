import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

type Environment = Readonly<Record<string, string | undefined>>;

function ratioOf({ OTEL_TRACES_SAMPLER_ARG: said = '1' }: Environment): number {
  const ratio = Number(said);
  if (said.trim() !== '' && ratio >= 0 && ratio <= 1) return ratio;
  throw new Error(
    `OTEL_TRACES_SAMPLER_ARG is "${said}". Say how many traces are kept, from 0 to 1.`,
  );
}

const roots: Readonly<Record<string, (env: Environment) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (env) => new TraceIdRatioBasedSampler(ratioOf(env)),
};

/**
 * Which traces are kept, by `OTEL_TRACES_SAMPLER` (default `parentbased_always_on`) and
 * `OTEL_TRACES_SAMPLER_ARG`, a ratio, as the specification of OpenTelemetry names them. What it
 * does not name is an error: a trace that is not there is noticed when it is too late.
 */
export function samplerOf(env: Environment): Sampler {
  const name = env.OTEL_TRACES_SAMPLER || 'parentbased_always_on';
  const root = roots[name.replace(/^parentbased_/, '')]?.(env);
  if (!root) {
    const names = Object.keys(roots).flatMap((one) => [one, `parentbased_${one}`]);
    throw new Error(`OTEL_TRACES_SAMPLER is "${name}". It may be ${names.join(', ')}.`);
  }
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}
