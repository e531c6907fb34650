import type { RoomView } from '@guichet/contracts/waiting-rooms';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, Refused } from '../api/call.ts';
import {
  forgetAdmission,
  forgetTurn,
  type KeptTurn,
  keepAdmission,
  keepTurn,
  turnOf,
} from './kept-turn.ts';
import { type Line, standingOf } from './standing.ts';

/** After a draw all want to know their rank: they ask within so long, each when chance has it. */
const drawSpreadMs = 5_000;
/** News of a call may be a moment ahead of who lets people in. */
const tryAgainMs = 1_500;

type Email = { email: string; code: string };

/** One’s place in the line of a room: how to take one, what it is, and going in when it is called. */
export function useTurn(room: RoomView, line: Line, visit: string) {
  const client = useQueryClient();
  const [turn, setTurn] = useState<KeptTurn | undefined>(() => turnOf(room.id));
  const reload = () => client.invalidateQueries({ queryKey: ['room', room.offeringId] });
  const standing = turn && standingOf(line, turn.rank);

  function keep(kept: KeptTurn) {
    keepTurn(kept);
    setTurn(kept);
  }
  function leave() {
    forgetTurn(room.id);
    forgetAdmission(room.offeringId);
    setTurn(undefined);
    return reload();
  }

  const join = useMutation({
    mutationFn: (by?: Email) =>
      call('post /api/waiting-rooms/{id}/turns', {
        params: { id: room.id },
        body: { visit, ...by },
      }),
    onSuccess: (given) => keep({ turn: given.turn, roomId: room.id, rank: given.rank }),
    // A page that was read too long, or on another network: the next visit is a good one.
    onError: (error) => {
      if (error instanceof Refused && error.code === 'visit_invalid') void reload();
    },
  });

  const goIn = useMutation({
    mutationFn: (token: string) =>
      call('post /api/waiting-rooms/{id}/admissions', { params: { id: room.id }, turn: token }),
    onSuccess: (admission) => {
      keepAdmission(room.offeringId, admission);
      void client.invalidateQueries({ queryKey: ['availability', room.offeringId] });
      void reload();
    },
    retry: (failures, error) =>
      failures < 5 && !(error instanceof Refused && error.code !== 'not_your_turn'),
    retryDelay: tryAgainMs,
  });

  const isCalled = standing?.kind === 'called' && line.phase === 'admitting';
  const token = turn?.turn;
  const { mutate: enter } = goIn;
  useEffect(() => {
    if (isCalled && token) enter(token);
  }, [isCalled, token, enter]);

  const isDrawn = turn?.rank === null && line.phase === 'admitting';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same room all the while
  useEffect(() => {
    if (!isDrawn || !token) return;
    let timer: ReturnType<typeof setTimeout>;
    const learnRank = async () => {
      try {
        const shown = await call('get /api/waiting-rooms/{id}/turn', {
          params: { id: room.id },
          turn: token,
        });
        if (shown.rank !== null)
          return keep({ turn: shown.turn, roomId: room.id, rank: shown.rank });
      } catch (error) {
        if (error instanceof Refused && error.code === 'turn_invalid') return void leave();
      }
      askLater();
    };
    const askLater = () => {
      timer = setTimeout(learnRank, Math.random() * drawSpreadMs);
    };
    askLater();
    return () => clearTimeout(timer);
  }, [isDrawn, token]);

  return { turn, standing, join, goIn, leave };
}
export type Turn = ReturnType<typeof useTurn>;
