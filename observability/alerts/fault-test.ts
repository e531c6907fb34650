import type { Area } from './alerts.ts';

export type Fault = {
  readonly alert: `Guichet${string}`;
  readonly area: Area;
  readonly when: string;
  /** What differs from a healthy Guichet; nothing at all is a series that is not there. */
  readonly series: Readonly<Record<string, string | undefined>>;
  /** Whose alert it is. */
  readonly service: string;
};

export const faultIn =
  (area: Area) =>
  (alert: Fault['alert'], service: string, when: string, series: Fault['series']): Fault => ({
    alert,
    area,
    when,
    series,
    service,
  });

export const inPod = (service: string) => `namespace="guichet",pod="guichet-${service}-1"`;
export const up = (app: string, at: number) =>
  `up{job="guichet",app="${app}",${inPod(app)},instance="${app}-${at}"}`;
