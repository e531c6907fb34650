import {
  type ConfigurationOptions,
  DiscoveryV1Api,
  type KubeConfig,
  Observable,
  type ObservableMiddleware,
  type V1EndpointSlice,
  type V1Status,
  Watch,
} from '@kubernetes/client-node';

export type SliceEvent =
  | {
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
      readonly slice: V1EndpointSlice;
    }
  | { readonly type: 'ERROR'; readonly status: V1Status };

export type SliceApi = ReturnType<typeof createSliceApi>;

/** A list that takes longer is asked for again; one namespace's takes milliseconds. */
const listMs = 10_000;

/**
 * The server ends a watch after so long, and says by a bookmark just before where to go on from.
 * It is below the 30 s of silence after which the client gives a connection up as dead, so that a
 * quiet namespace is not taken for a dead server.
 */
const watchSeconds = 25;

/** The client's way to end a request: a middleware that gives it a signal. */
const until = (signal: AbortSignal): ConfigurationOptions<ObservableMiddleware> => ({
  middlewareMergeStrategy: 'append',
  middleware: [
    {
      pre(request) {
        request.setSignal(signal);
        return new Observable(Promise.resolve(request));
      },
      post: (answer) => new Observable(Promise.resolve(answer)),
    },
  ],
});

/** What is asked of Kubernetes: the EndpointSlices of one namespace, and their changes. */
export function createSliceApi({
  cluster,
  namespace,
  selector,
}: {
  cluster: KubeConfig;
  namespace: string;
  selector: string;
}) {
  const api = cluster.makeApiClient(DiscoveryV1Api);
  const path = `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/endpointslices`;

  return {
    async list(signal: AbortSignal): Promise<{ slices: V1EndpointSlice[]; version: string }> {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(listMs)]);
      const { items, metadata } = await api.listNamespacedEndpointSlice(
        { namespace, labelSelector: selector },
        until(bounded),
      );
      return { slices: items, version: metadata?.resourceVersion ?? '' };
    },

    /** Every change after `version`. Resolves when the server ends it, rejects when it breaks. */
    watch(
      version: string,
      { onOpen, onEvent }: { onOpen: () => void; onEvent: (event: SliceEvent) => void },
      signal: AbortSignal,
    ): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const open = new AbortController();
      const done = (error: unknown) => {
        open.abort();
        if (error) reject(error);
        else resolve();
      };
      signal.addEventListener('abort', () => done(undefined), { once: true, signal: open.signal });
      new Watch(cluster)
        .watch(
          path,
          {
            labelSelector: selector,
            resourceVersion: version,
            allowWatchBookmarks: true,
            timeoutSeconds: watchSeconds,
          },
          (type, object) => {
            if (open.signal.aborted) return;
            if (type === 'ERROR') onEvent({ type, status: object });
            else onEvent({ type: type as 'ADDED', slice: object });
          },
          done,
        )
        .then((request) => {
          if (open.signal.aborted) return request.abort();
          open.signal.addEventListener('abort', () => request.abort(), { once: true });
          onOpen();
        })
        .catch(done);
      return promise;
    },
  };
}
