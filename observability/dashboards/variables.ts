/** What a reader chooses at the top of a board; in a query, `$name` stands for it. */
export type Variable = {
  readonly name: string;
  readonly label: string;
  /** What it is until somebody chooses. */
  readonly value: string;
  /** The series and the label whose values can be chosen; without it anything can be written. */
  readonly from?: { readonly series: string; readonly label: string };
};

/** One, several or all of the services. */
export const service: Variable = {
  name: 'service',
  label: 'Service',
  value: '.+',
  from: { series: 'http_requests_total', label: 'service' },
};

export const namespace: Variable = {
  name: 'namespace',
  label: 'Namespace',
  value: 'guichet',
  from: { series: 'kube_deployment_status_replicas', label: 'namespace' },
};

export const traceId: Variable = { name: 'trace_id', label: 'Trace', value: '' };

/*
 * What a month of a core and of a gibibyte costs. Ours are round figures of the order of a large
 * provider's prices on demand: whoever pays writes their own.
 */
export const corePrice: Variable = { name: 'core_price', label: 'A core, a month', value: '25' };
export const gibPrice: Variable = { name: 'gib_price', label: 'A GiB, a month', value: '3' };

/** Words that a line must have, whatever their case. */
export const search: Variable = { name: 'search', label: 'Words', value: '' };
