import { boards } from './boards.ts';
import { drawBoard } from './draw-board.ts';

const folder = 'charts/guichet-observability/files/grafana/dashboards';

/** What Grafana loads when it starts, by its path in the repository. */
export const dashboardFiles = (): Record<string, string> =>
  Object.fromEntries(
    boards.map((board) => [
      `${folder}/${board.uid}.json`,
      `${JSON.stringify(drawBoard(board), null, 2)}\n`,
    ]),
  );
