import type { Language } from '@guichet/contracts/shapes';

/** The few words of a printed pass. A key that a language lacks does not compile. */
type Words = {
  readonly reference: string;
  readonly places: (count: number) => string;
  readonly showPass: string;
  /** What stands in the place of the picture for whoever has it read to them. */
  readonly code: string;
};

export const wordsIn: Record<Language, Words> = {
  fr: {
    reference: 'Référence',
    places: (count) => (count === 1 ? '1 place' : `${count} places`),
    showPass: 'Présentez ce code à l’entrée.',
    code: 'Code QR de la réservation',
  },
  en: {
    reference: 'Reference',
    places: (count) => (count === 1 ? '1 place' : `${count} places`),
    showPass: 'Show this code at the entrance.',
    code: 'QR code of the booking',
  },
  de: {
    reference: 'Buchungsnummer',
    places: (count) => (count === 1 ? '1 Platz' : `${count} Plätze`),
    showPass: 'Zeigen Sie diesen Code am Eingang.',
    code: 'QR-Code der Buchung',
  },
  es: {
    reference: 'Referencia',
    places: (count) => (count === 1 ? '1 plaza' : `${count} plazas`),
    showPass: 'Muestra este código en la entrada.',
    code: 'Código QR de la reserva',
  },
  it: {
    reference: 'Riferimento',
    places: (count) => (count === 1 ? '1 posto' : `${count} posti`),
    showPass: 'Mostri questo codice all’ingresso.',
    code: 'Codice QR della prenotazione',
  },
};
