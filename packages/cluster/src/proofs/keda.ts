export const scaledObjects = 'scaledobjects.keda.sh';

/** What KEDA’s objects are to the API server; there is nobody here who would scale by them. */
export const kindOfKeda = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: scaledObjects },
  spec: {
    group: 'keda.sh',
    scope: 'Namespaced',
    names: { kind: 'ScaledObject', plural: 'scaledobjects', singular: 'scaledobject' },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
};

/** Values of a service that KEDA would scale. */
export const byKeda = {
  enabled: true,
  min: 1,
  max: 2,
  cpuPercent: 70,
  scaleDownSeconds: 30,
  keda: { enabled: true, triggers: [] },
};
