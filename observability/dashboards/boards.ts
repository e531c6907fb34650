import type { Board } from './board.ts';
import { sale } from './boards/sale.ts';

/** Every board, in the order of docs/dashboards.md. */
export const boards: readonly Board[] = [sale];
