import type { RoomView } from '@guichet/contracts/waiting-rooms';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, Refused } from '../api/call.ts';
import { forgetTurn, type KeptTurn, keepAdmission, keepTurn, turnOf } from './kept-turn.ts';
import { type Line, standingOf } from './standing.ts';

/** After a draw all want to know their rank: they ask within so long, each when chance has it. */
const drawSpreadMs = 5_000;
const longestPauseMs = 10_000;
/** Whatever else goes wrong on the way in is a matter of trying again: a turn that is called is kept. */
const ends = new Set([
  'admission_lapsed',
  'turn_invalid',
  'sold_out',
  'room_closed',
  'room_not_found',
]);

const codeOf = (error: unknown) => (error instanceof Refused ? error.code : undefined);
const later = (failures: number) =>
  Math.min(longestPauseMs, 1_000 * 2 ** failures) * (0.5 + Math.random());

type Email = { email: string; code: string };

/** Whoever has a place in line in another tab has it here. */
function useKeptTurn(roomId: string) {
  const [turn, setTurn] = useState<KeptTurn | undefined>(() => turnOf(roomId));
  useEffect(() => {
    const read = () => setTurn(turnOf(roomId));
    window.addEventListener('storage', read);
    return () => window.removeEventListener('storage', read);
  }, [roomId]);
  return [turn, setTurn] as const;
}

/** One’s place in the line of a room: how to take one, what it is, and going in when it is called. */
export function useTurn(room: RoomView, line: Line, visit: string) {
  const client = useQueryClient();
  const [turn, setTurn] = useKeptTurn(room.id);
  const reload = () => client.invalidateQueries({ queryKey: ['room', room.offeringId] });
  const standing = turn && standingOf(line, turn.rank);

  function keep(kept: KeptTurn) {
    keepTurn(kept);
    setTurn(kept);
  }
  function leave() {
    forgetTurn(room.id);
    setTurn(undefined);
    goIn.reset();
    return reload();
  }

  const join = useMutation({
    async mutationFn(by?: Email) {
      const kept = turnOf(room.id);
      if (kept) return kept;
      const params = { id: room.id };
      const body = { visit, ...by };
      const given = await call('post /api/waiting-rooms/{id}/turns', { params, body });
      return { turn: given.turn, roomId: room.id, rank: given.rank };
    },
    onSuccess: keep,
    // Somebody is quick, and a page is not to be told from a program within its first second.
    retry: (failures, error) => failures < 3 && codeOf(error) === 'visit_too_fresh',
    retryDelay: 700,
    // A page that was open too long, or on another network: the next one is a good one.
    onError: (error) => void (codeOf(error) === 'visit_invalid' && reload()),
  });

  const goIn = useMutation({
    mutationFn: (token: string) =>
      call('post /api/waiting-rooms/{id}/admissions', { params: { id: room.id }, turn: token }),
    onSuccess(admission) {
      keepAdmission(room.offeringId, { ...admission, roomId: room.id });
      void client.invalidateQueries({ queryKey: ['availability', room.offeringId] });
      void reload();
    },
    retry: (_, error) => !ends.has(codeOf(error) ?? ''),
    retryDelay: later,
  });

  const token = turn?.turn;
  const isCalled = standing?.kind === 'called' && line.phase === 'admitting';
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
        const params = { id: room.id };
        const shown = await call('get /api/waiting-rooms/{id}/turn', { params, turn: token });
        if (shown.rank !== null) {
          return keep({ turn: shown.turn, roomId: room.id, rank: shown.rank });
        }
      } catch (error) {
        if (codeOf(error) === 'turn_invalid') return void leave();
      }
      askLater();
    };
    const askLater = () => {
      timer = setTimeout(learnRank, Math.random() * drawSpreadMs);
    };
    askLater();
    return () => clearTimeout(timer);
  }, [isDrawn, token]);

  return { turn, standing, join, goIn, leave, reload };
}
export type Turn = ReturnType<typeof useTurn>;
