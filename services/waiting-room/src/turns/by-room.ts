/**
 * Does calls of several rooms, all of one room in one statement, and answers them in the order in
 * which they came.
 */
export const byRoom =
  <Call extends { readonly roomId: string }, Answer>(
    many: (roomId: string, calls: readonly Call[]) => Promise<readonly Answer[]>,
  ) =>
  async (calls: readonly Call[]): Promise<Answer[]> => {
    const rooms = Map.groupBy(calls, ({ roomId }) => roomId);
    const answers = new Map<Call, Answer>();
    for (const [roomId, ofRoom] of rooms) {
      const answered = await many(roomId, ofRoom);
      ofRoom.forEach((call, at) => void answers.set(call, answered[at] as Answer));
    }
    return calls.map((call) => answers.get(call) as Answer);
  };
