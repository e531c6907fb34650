/** A slot that is opened may go on sale soon: sales are asked for at once. */
export const slotMessages = ({ wake }: { wake: () => void }) => ({
  consumer: 'prescaler.slots',
  types: ['slot.opened'] as const,
  everyProcess: true as const,
  async handle(): Promise<void> {
    wake();
  },
});
