/** What the catalogue promises of each service; `make fix` writes it. */
export const objectives = {
  gateway: { availablePercent: 99.9, latencyMs: 250 },
  identity: { availablePercent: 99.9, latencyMs: 1000 },
  catalog: { availablePercent: 99.9, latencyMs: 250 },
  reservation: { availablePercent: 99.95, latencyMs: 250 },
  'waiting-room': { availablePercent: 99.9, latencyMs: 250 },
  payment: { availablePercent: 99.9, latencyMs: 1000 },
  notification: { availablePercent: 99.5, latencyMs: 1000 },
  prescaler: { availablePercent: 99.5, latencyMs: 1000 },
  web: { availablePercent: 99.9, latencyMs: 250 },
};
