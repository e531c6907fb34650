/** What is asked of EndpointSlices. */
export type Verb = 'list' | 'watch';

/** Discovery cannot begin; the message says what is missing and what to do, in a sentence. */
export class DiscoveryError extends Error {}

/** The status that Kubernetes answered, however the client library says it. */
export function statusOf(error: unknown): number | undefined {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return [code, statusCode].find((status) => typeof status === 'number');
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string } } & Error;
  return cause?.code ?? cause?.message ?? message;
}

/** Why the EndpointSlices of a namespace could not be had, and what to do, in a sentence. */
export function reasonOf(
  error: unknown,
  { verb, namespace, server }: { verb: Verb; namespace: string; server: string },
): string {
  const what = `endpointslices (discovery.k8s.io) in namespace ${namespace}`;
  const status = statusOf(error);
  if (status === 403) {
    return `Kubernetes forbids this service account to ${verb} ${what}: bind it there to a Role with the verbs get, list and watch on them.`;
  }
  if (status === 401) {
    return `Kubernetes does not accept this service account's token to ${verb} ${what}: see that the account still exists, and that KUBECONFIG, if set, is current.`;
  }
  if (status === 400) {
    return `Kubernetes cannot read what it was asked, to ${verb} ${what}: see that DISCOVERY_SELECTOR is a label selector.`;
  }
  if (status !== undefined) {
    return `Kubernetes answered ${status} when asked to ${verb} ${what}.`;
  }
  return `Kubernetes' API server at ${server} cannot be asked to ${verb} ${what} (${causeOf(error)}): see that it is up, and that network policies let this pod reach it.`;
}
