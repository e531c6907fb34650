import type { Texts } from '../texts.ts';

export const de: Texts = {
  greeting: (name) => `Guten Tag ${name},`,
  reference: 'Buchungsnummer',
  when: 'Wann',
  where: 'Wo',
  places: 'Plätze',
  total: 'Gesamt',
  ofWhichTax: 'davon Steuern',
  showPass: 'Zeigen Sie diesen Code am Eingang.',
  showPasses: 'Jede Person zeigt am Eingang ihren eigenen Code.',
  manage: 'Buchung ansehen oder ändern',
  fee: 'Gebühr',
  confirmed: {
    subject: (title) => `Ihre Plätze: ${title}`,
    lead: 'Ihre Buchung ist bestätigt. Wir freuen uns auf Sie.',
  },
  receipt: {
    subject: (reference) => `Beleg zu ${reference}`,
    lead: 'vielen Dank für Ihre Zahlung. Sie setzt sich so zusammen.',
  },
  cancelled: {
    subject: (title) => `Storniert: ${title}`,
    lead: 'Ihre Buchung ist storniert, die Eintrittskarte gilt nicht mehr.',
    refund: (amount) => `Wir erstatten Ihnen ${amount}. Das dauert einige Tage.`,
    noRefund: 'Für diese Buchung wird nichts erstattet.',
  },
  refunded: {
    subject: (amount) => `Erstattung von ${amount}`,
    lead: (amount) =>
      `wir haben Ihnen ${amount} erstattet. Ihre Bank zeigt den Betrag in einigen Tagen.`,
  },
  late: {
    subject: (title) => `Ihre Zahlung kam zu spät: ${title}`,
    lead: (amount) =>
      `Ihre Zahlung kam an, als die Plätze nicht mehr für Sie gehalten wurden; sie sind inzwischen vergeben. Sie erhalten alles zurück: ${amount}. Das tut uns leid.`,
  },
  lateCancelled: {
    subject: (title) => `Ihre Zahlung kam nach der Stornierung: ${title}`,
    lead: (amount) =>
      `Ihre Zahlung kam an, als Ihre Buchung schon storniert war. Die Buchung bleibt storniert, und Sie erhalten alles zurück: ${amount}.`,
  },
  reset: {
    subject: 'Neues Passwort festlegen',
    lead: 'jemand, vermutlich Sie, möchte für Ihr Konto ein neues Passwort festlegen.',
    button: 'Neues Passwort festlegen',
    until: (time) => `Der Link gilt einmal, bis ${time}.`,
    ignore: 'Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
  },
  reused: {
    subject: 'Zur Sicherheit haben wir Sie abgemeldet',
    lead: 'eine bereits benutzte Anmeldung an Ihrem Konto wurde noch einmal benutzt. Das geschieht, wenn jemand sie kopiert hat; deshalb haben wir diese Sitzung beendet.',
    advice: 'Melden Sie sich neu an. Kommt Ihnen etwas seltsam vor, ändern Sie Ihr Passwort.',
  },
  lineCode: {
    subject: (code) => `${code} ist Ihr Code für die Warteschlange`,
    lead: 'Geben Sie diesen Code auf der Seite ein, um Ihren Platz in der Schlange einzunehmen.',
    until: (time) => `Er gilt bis ${time}.`,
    ignore:
      'Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ohne den Code stellt sich niemand in Ihrem Namen an.',
  },
  waiting: {
    subject: (title) => `Sie stehen auf der Warteliste: ${title}`,
    lead: 'Sie stehen auf der Warteliste. Sie müssen nichts tun.',
    hint: 'Werden Plätze frei, bieten wir sie den Ersten auf der Liste per E-Mail an, zum Preis des Tages; sie haben dann einige Stunden Zeit.',
    button: 'Nachsehen, wo Sie stehen, oder die Liste verlassen',
  },
  offered: {
    subject: (title) => `Plätze für Sie: ${title}`,
    lead: (until) =>
      `es sind Plätze frei geworden. Wir halten sie bis ${until} für Sie; danach bekommt sie die nächste Person.`,
    button: 'Diese Plätze nehmen',
    ignore:
      'Wenn Sie sie nicht mehr möchten, tun Sie nichts oder stornieren Sie auf jener Seite: Jemand anderes freut sich darüber.',
  },
};
