import type { IncomingHttpHeaders } from 'node:http';
import { roomOfOffering } from '@guichet/contracts/lines';
import * as operations from '@guichet/contracts/waiting-rooms';
import type { Routes } from '@guichet/http/service-app';
import type { z } from 'zod';
import type { Book } from '../line/book.ts';
import type { ChangeRoom, CloseRoom } from './change-room.ts';
import type { OpenRoom } from './open-room.ts';
import type { ReportRoom } from './report-room.ts';
import { type RoomRefusal, roomView } from './room.ts';
import type { RoomChanges } from './room-store.ts';

export const statusOfRoomRefusal = {
  offering_not_found: 404,
  offering_has_room: 409,
  offering_has_no_places: 409,
  sale_in_the_past: 422,
  room_times_invalid: 422,
  rate_above_capacity: 422,
  catalog_unavailable: 503,
  room_not_found: 404,
  room_closed: 409,
  room_has_begun: 409,
} satisfies Record<RoomRefusal, number>;

/** Signs that a page was loaded for a room, from where it was. */
export type SignVisit = (roomId: string, headers: IncomingHttpHeaders) => string;

export type RoomRoutes = {
  book: Book;
  openRoom: OpenRoom;
  changeRoom: ChangeRoom;
  closeRoom: CloseRoom;
  reportRoom: ReportRoom;
  signVisit: SignVisit;
};

const dateOf = (instant: string | undefined) =>
  instant === undefined ? undefined : new Date(instant);

type Changes = z.output<(typeof operations.changeRoom)['body']>;
const changesOf = ({ opensAt, saleAt, closesAt, ...rest }: Changes): RoomChanges => ({
  ...rest,
  opensAt: dateOf(opensAt),
  saleAt: dateOf(saleAt),
  closesAt: dateOf(closesAt),
});

export function roomRoutes(routes: Routes, deps: RoomRoutes): void {
  const { book, signVisit } = deps;

  // First what a crowd asks for, and every page of an offering that has none.
  routes.on(roomOfOffering, ({ params, headers, res }) => {
    const found = book.roomOf(params.id);

    res.set('cache-control', 'no-store');
    if (!found) return void res.json({ room: null });
    res.json({
      room: roomView(found.room, book.clock.now()),
      line: book.viewOf(found),
      visit: signVisit(found.room.id, headers),
    });
  });

  routes.on(operations.openRoom, async ({ body, subject, res }) => {
    const room = await deps.openRoom(subject, {
      ...body,
      opensAt: new Date(body.opensAt),
      saleAt: new Date(body.saleAt),
      closesAt: new Date(body.closesAt),
    });

    res.status(201).location(`/api/waiting-rooms/${room.id}`);
    res.json(roomView(room, book.clock.now()));
  });

  routes.on(operations.changeRoom, async ({ params, body, subject, res }) => {
    const room = await deps.changeRoom(subject, params.id, changesOf(body));

    res.json(roomView(room, book.clock.now()));
  });

  routes.on(operations.closeRoom, async ({ params, subject, res }) => {
    const room = await deps.closeRoom(subject, params.id);

    res.json(roomView(room, book.clock.now()));
  });

  routes.on(operations.roomReport, async ({ params, subject, res }) => {
    const { room, ...counted } = await deps.reportRoom(subject, params.id);

    res.json({ room: roomView(room, book.clock.now()), ...counted });
  });
}
