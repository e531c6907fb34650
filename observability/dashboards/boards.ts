import type { Board } from './board.ts';
import { hotPath } from './boards/hot-path.ts';
import { kubernetes } from './boards/kubernetes.ts';
import { logs } from './boards/logs.ts';
import { messaging } from './boards/messaging.ts';
import { money } from './boards/money.ts';
import { objectives } from './boards/objectives.ts';
import { onSale } from './boards/on-sale.ts';
import { sale } from './boards/sale.ts';
import { servers } from './boards/servers.ts';
import { services } from './boards/services.ts';

/** Every board, in the order of docs/dashboards.md. */
export const boards: readonly Board[] = [
  sale,
  onSale,
  services,
  hotPath,
  money,
  messaging,
  servers,
  kubernetes,
  objectives,
  logs,
];
