import type { Fault } from '../fault.ts';

export const mailRefused: Fault = {
  name: 'mail-refused',
  does: 'The e-mail provider refuses every e-mail',
  alert: 'GuichetMailProviderRefusing',
  where: ['machine', 'cluster'],
  load: { of: 'purchases', everyMs: 1_000 },
  async inject({ mail }, undo) {
    undo(await mail({ fault: 'refuse' }));
  },
};
