import { expect, test } from 'vitest';
import { z } from 'zod';
import { dashboardFiles } from './dashboard-files.ts';
import { grafanaDashboard } from './grafana-schema.ts';

const files = Object.entries(dashboardFiles());
const complaints = (dashboard: unknown): string => {
  const { error } = grafanaDashboard.safeParse(dashboard);
  return error ? z.prettifyError(error) : '';
};

test.each(files)('%s is a dashboard as Grafana reads one', (path, content) => {
  const dashboard = JSON.parse(content);

  expect(complaints(dashboard)).toBe('');
  expect(path).toMatch(new RegExp(`/${dashboard.uid}\\.json$`));
});

test('what Grafana would not read as it is meant is refused', () => {
  const [, content = ''] = files[0] ?? [];
  const changed = (change: (dashboard: z.infer<typeof grafanaDashboard>) => void) => {
    const dashboard = JSON.parse(content);
    change(dashboard);
    return complaints(dashboard);
  };

  expect(changed(({ panels }) => Object.assign(panels[1] ?? {}, { colour: 'red' }))).toMatch(
    /Unrecognized key/,
  );
  expect(
    changed(({ panels }) => Object.assign(panels[2] ?? {}, { gridPos: panels[1]?.gridPos })),
  ).toMatch(/panels lie on each other/);
  expect(changed(({ panels }) => Object.assign(panels[1]?.gridPos ?? {}, { x: 20, w: 6 }))).toMatch(
    /hangs over the edge/,
  );
  expect(changed(({ panels }) => Object.assign(panels[2] ?? {}, { id: 1 }))).toMatch(/an id twice/);
});
