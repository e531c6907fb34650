import type { Language } from './attributes.ts';

/** All that is said outside the frame. */
export const words: Readonly<
  Record<Language, { readonly book: string; readonly close: string; readonly frame: string }>
> = {
  fr: { book: 'Réserver', close: 'Fermer', frame: 'Réservation en ligne' },
  en: { book: 'Book', close: 'Close', frame: 'Online booking' },
  de: { book: 'Buchen', close: 'Schließen', frame: 'Online-Buchung' },
  es: { book: 'Reservar', close: 'Cerrar', frame: 'Reserva en línea' },
  it: { book: 'Prenota', close: 'Chiudi', frame: 'Prenotazione online' },
};
