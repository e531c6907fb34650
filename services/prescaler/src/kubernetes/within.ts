import {
  type ConfigurationOptions,
  Observable,
  type ObservableMiddleware,
  PatchStrategy,
} from '@kubernetes/client-node';

/**
 * Shorter than what is left of a lease when its holder stops to lead by itself: a change that was
 * begun while leading has ended, one way or the other, before anybody else leads.
 */
const answerMs = 4_000;

/** How Kubernetes is asked: an end for every request, and for a change its kind. */
export const within = (change?: 'merge'): ConfigurationOptions<ObservableMiddleware> => ({
  middlewareMergeStrategy: 'append',
  middleware: [
    {
      pre(request) {
        request.setSignal(AbortSignal.timeout(answerMs));
        if (change) request.setHeaderParam('Content-Type', PatchStrategy.MergePatch);
        return new Observable(Promise.resolve(request));
      },
      post: (answer) => new Observable(Promise.resolve(answer)),
    },
  ],
});
