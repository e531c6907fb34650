import * as operations from '@guichet/contracts/lines';
import { parseRequest } from '@guichet/http/parse-request';
import type { Routes } from '@guichet/http/service-app';
import type { AdmitTurn } from '../admissions/admit-turn.ts';
import type { ShowDraw } from '../draw/show-draw.ts';
import type { AskEmailCode } from '../email-codes/ask-email-code.ts';
import { addressIn } from '../networks/networks.ts';
import type { JoinLine } from './join-line.ts';
import type { ShowTurn } from './show-turn.ts';

export type TurnRoutes = {
  joinLine: JoinLine;
  showTurn: ShowTurn;
  admitTurn: AdmitTurn;
  askEmailCode: AskEmailCode;
  showDraw: ShowDraw;
};

/** A turn that was not sent, or is too long to be one, is told as any bad input is. */
const turnIn = (headers: unknown): string =>
  parseRequest(operations.showTurn.headers, headers)[operations.turnHeader];

export function turnRoutes(routes: Routes, deps: TurnRoutes): void {
  routes.on(operations.joinLine, async ({ params, body, subject, headers, res }) => {
    const turn = await deps.joinLine({
      roomId: params.id,
      address: addressIn(headers),
      visit: body.visit,
      email: body.email,
      code: body.code,
      customerId: subject?.kind === 'service' ? undefined : subject?.id,
    });

    res.status(201).set('cache-control', 'no-store').json(turn);
  });

  routes.on(operations.showTurn, async ({ params, headers, res }) => {
    const turn = await deps.showTurn(params.id, turnIn(headers));

    res.set('cache-control', 'no-store').json(turn);
  });

  routes.on(operations.admit, async ({ params, headers, res }) => {
    const admission = await deps.admitTurn(params.id, turnIn(headers), addressIn(headers));

    res.status(201).set('cache-control', 'no-store').json(admission);
  });

  routes.on(operations.askEmailCode, async ({ params, body, headers, res }) => {
    await deps.askEmailCode({ roomId: params.id, address: addressIn(headers), ...body });

    res.status(202).end();
  });

  routes.on(operations.showDraw, async ({ params, query, res }) => {
    res.json(await deps.showDraw(params.id, query));
  });
}
