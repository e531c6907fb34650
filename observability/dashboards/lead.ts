import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from './panel.ts';
import { sources } from './sources.ts';

/** All of ours, and nobody else's. */
export const tag = 'guichet';

/** From each board to every other, with the same time and the same choices. */
export function toBoards() {
  const link = new DashboardLinkBuilder('Boards')
    .type(DashboardLinkType.Dashboards)
    .tags([tag])
    .asDropdown(true)
    .icon('external link')
    .tooltip('The other boards, at the same time')
    .includeVars(true)
    .keepTime(true)
    .build();
  // Beside the variables, and not hidden in the menu of the controls.
  delete link.placement;
  return { build: () => link };
}

/** Grafana replaces `${…}` in an address: what is around it is encoded, it is not. */
const encoded = (state: unknown) =>
  JSON.stringify(state)
    .split(/(\$\{[^}]+\})/)
    .map((part) => (part.startsWith('${') ? part : encodeURIComponent(part)))
    .join('');

/** The traces of a service in the time that the board shows. */
const tracesOf = (service: string): string => {
  const query = { refId: 'A', queryType: 'search', service };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own variables
  const range = { from: '${__from}', to: '${__to}' };
  const pane = { datasource: sources.jaeger.uid, queries: [query], range };
  return `/explore?schemaVersion=1&panes=${encoded({ traces: pane })}`;
};

/** From a point in a panel to the lines and the traces of the service that it is about. */
export function leads({ leadsTo }: Panel): DashboardLinkBuilder[] {
  if (!leadsTo) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own variable
  const service = leadsTo === 'series' ? '${__field.labels.service}' : leadsTo;
  return [
    new DashboardLinkBuilder('Log lines').url(
      `/d/logs?var-service=${service}&\${__url_time_range}`,
    ),
    new DashboardLinkBuilder('Traces').url(tracesOf(service)),
  ];
}
