import type { Language } from '@guichet/contracts/shapes';

/** The few words of a page’s head; the page has its own, in page/i18n. */
export const words: Readonly<
  Record<
    Language,
    {
      readonly title: string;
      readonly description: string;
      readonly own: string;
      readonly missing: string;
      readonly of: (organiser: string) => string;
    }
  >
> = {
  fr: {
    title: 'Guichet\u202f: spectacles, balades en bateau, cours',
    description: 'Choisissez une date, réservez vos places, recevez votre billet tout de suite.',
    own: 'Vos places · Guichet',
    missing: 'Page introuvable · Guichet',
    of: (organiser) => `Tout ce que propose ${organiser}\u202f: dates, prix, places restantes.`,
  },
  en: {
    title: 'Guichet: shows, boat rides, courses',
    description: 'Choose a date, book your places, have your ticket at once.',
    own: 'Your places · Guichet',
    missing: 'Page not found · Guichet',
    of: (organiser) => `All that ${organiser} offers: dates, prices, places left.`,
  },
  de: {
    title: 'Guichet: Vorstellungen, Bootsfahrten, Kurse',
    description: 'Datum wählen, Plätze buchen, sofort die Eintrittskarte haben.',
    own: 'Ihre Plätze · Guichet',
    missing: 'Seite nicht gefunden · Guichet',
    of: (organiser) => `Alles, was ${organiser} anbietet: Termine, Preise, freie Plätze.`,
  },
  es: {
    title: 'Guichet: espectáculos, paseos en barco, cursos',
    description: 'Elija una fecha, reserve sus plazas y reciba la entrada al momento.',
    own: 'Sus plazas · Guichet',
    missing: 'Página no encontrada · Guichet',
    of: (organiser) => `Todo lo que ofrece ${organiser}: fechas, precios, plazas libres.`,
  },
  it: {
    title: 'Guichet: spettacoli, gite in barca, corsi',
    description: 'Scelga una data, prenoti i posti, riceva subito il biglietto.',
    own: 'I suoi posti · Guichet',
    missing: 'Pagina non trovata · Guichet',
    of: (organiser) => `Tutto ciò che offre ${organiser}: date, prezzi, posti liberi.`,
  },
};
