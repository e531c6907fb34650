/** Grafana's data sources by the uids that the chart provisions them with. */
export const sources = {
  prometheus: { type: 'prometheus', uid: 'prometheus' },
  loki: { type: 'loki', uid: 'loki' },
  jaeger: { type: 'jaeger', uid: 'jaeger' },
} as const;
