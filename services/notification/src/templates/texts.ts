import type { Language } from '@guichet/contracts/shapes';

type Late = {
  readonly subject: (title: string) => string;
  readonly lead: (amount: string) => string;
};

/** Every word of the e-mails. A key that a language lacks does not compile. */
export type Texts = {
  readonly greeting: (firstName: string) => string;
  readonly reference: string;
  readonly when: string;
  readonly where: string;
  readonly places: string;
  readonly total: string;
  readonly ofWhichTax: string;
  readonly showPass: string;
  readonly showPasses: string;
  readonly manage: string;
  readonly fee: string;
  readonly confirmed: { readonly subject: (title: string) => string; readonly lead: string };
  readonly receipt: { readonly subject: (reference: string) => string; readonly lead: string };
  readonly cancelled: {
    readonly subject: (title: string) => string;
    readonly lead: string;
    readonly refund: (amount: string) => string;
    readonly noRefund: string;
  };
  readonly refunded: {
    readonly subject: (amount: string) => string;
    readonly lead: (amount: string) => string;
  };
  /** Money for places that somebody else has by now. */
  readonly late: Late;
  /** Money for a booking that its owner had cancelled. */
  readonly lateCancelled: Late;
  readonly reset: {
    readonly subject: string;
    readonly lead: string;
    readonly button: string;
    readonly until: (time: string) => string;
    readonly ignore: string;
  };
  readonly reused: { readonly subject: string; readonly lead: string; readonly advice: string };
};

const en: Texts = {
  greeting: (name) => `Hello ${name},`,
  reference: 'Reference',
  when: 'When',
  where: 'Where',
  places: 'Places',
  total: 'Total',
  ofWhichTax: 'of which tax',
  showPass: 'Show this code at the entrance.',
  showPasses: 'Each person shows their own code at the entrance.',
  manage: 'See or change your booking',
  fee: 'Fee',
  confirmed: {
    subject: (title) => `Your places: ${title}`,
    lead: 'your booking is confirmed. We look forward to seeing you.',
  },
  receipt: {
    subject: (reference) => `Receipt for ${reference}`,
    lead: 'thank you for your payment. Here is what it was for.',
  },
  cancelled: {
    subject: (title) => `Cancelled: ${title}`,
    lead: 'your booking is cancelled and its pass is no longer valid.',
    refund: (amount) => `We are paying ${amount} back to you. It takes a few days to arrive.`,
    noRefund: 'Nothing is paid back for this booking.',
  },
  refunded: {
    subject: (amount) => `Refund of ${amount}`,
    lead: (amount) => `we have paid ${amount} back to you. Your bank shows it within a few days.`,
  },
  late: {
    subject: (title) => `Your payment came too late: ${title}`,
    lead: (amount) =>
      `your payment arrived after the places were no longer held, and they have gone to somebody else. You get all of it back: ${amount}. We are sorry.`,
  },
  lateCancelled: {
    subject: (title) => `Your payment came after the cancellation: ${title}`,
    lead: (amount) =>
      `your payment arrived after your booking had been cancelled. The booking stays cancelled, and you get all of it back: ${amount}.`,
  },
  reset: {
    subject: 'Set a new password',
    lead: 'somebody, we hope you, asked to set a new password for your account.',
    button: 'Set a new password',
    until: (time) => `The link works once, until ${time}.`,
    ignore: 'If it was not you, do nothing: your password stays as it is.',
  },
  reused: {
    subject: 'We have signed you out, to be safe',
    lead: 'a sign-in of your account that had already been used was used again. That happens when somebody has copied it, so we ended that session.',
    advice: 'Sign in again. If something seems odd, set a new password.',
  },
};

const fr: Texts = {
  greeting: (name) => `Bonjour ${name},`,
  reference: 'Référence',
  when: 'Quand',
  where: 'Où',
  places: 'Places',
  total: 'Total',
  ofWhichTax: 'dont taxes',
  showPass: 'Présentez ce code à l’entrée.',
  showPasses: 'Chaque personne présente son propre code à l’entrée.',
  manage: 'Voir ou modifier votre réservation',
  fee: 'Frais',
  confirmed: {
    subject: (title) => `Vos places : ${title}`,
    lead: 'votre réservation est confirmée. Nous nous réjouissons de vous accueillir.',
  },
  receipt: {
    subject: (reference) => `Reçu pour ${reference}`,
    lead: 'merci pour votre paiement. En voici le détail.',
  },
  cancelled: {
    subject: (title) => `Annulation : ${title}`,
    lead: 'votre réservation est annulée et son billet n’est plus valable.',
    refund: (amount) => `Nous vous remboursons ${amount}. Comptez quelques jours.`,
    noRefund: 'Cette réservation ne donne lieu à aucun remboursement.',
  },
  refunded: {
    subject: (amount) => `Remboursement de ${amount}`,
    lead: (amount) =>
      `nous vous avons remboursé ${amount}. Votre banque l’affichera sous quelques jours.`,
  },
  late: {
    subject: (title) => `Votre paiement est arrivé trop tard : ${title}`,
    lead: (amount) =>
      `votre paiement est arrivé alors que les places n’étaient plus retenues, et elles ont été prises. La totalité vous est remboursée : ${amount}. Nous en sommes désolés.`,
  },
  lateCancelled: {
    subject: (title) => `Votre paiement est arrivé après l’annulation : ${title}`,
    lead: (amount) =>
      `votre paiement est arrivé alors que votre réservation était déjà annulée. Elle reste annulée, et la totalité vous est remboursée : ${amount}.`,
  },
  reset: {
    subject: 'Choisir un nouveau mot de passe',
    lead: 'quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour votre compte.',
    button: 'Choisir un nouveau mot de passe',
    until: (time) => `Le lien fonctionne une seule fois, jusqu’à ${time}.`,
    ignore: 'Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
  },
  reused: {
    subject: 'Par prudence, nous avons fermé une session',
    lead: 'une connexion à votre compte déjà utilisée l’a été de nouveau. Cela arrive quand quelqu’un l’a copiée ; nous avons donc fermé cette session.',
    advice: 'Reconnectez-vous. Si quelque chose vous paraît étrange, changez de mot de passe.',
  },
};

const de: Texts = {
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
};

const es: Texts = {
  greeting: (name) => `Hola, ${name}:`,
  reference: 'Referencia',
  when: 'Cuándo',
  where: 'Dónde',
  places: 'Plazas',
  total: 'Total',
  ofWhichTax: 'impuestos incluidos',
  showPass: 'Muestra este código en la entrada.',
  showPasses: 'Cada persona muestra su propio código en la entrada.',
  manage: 'Ver o cambiar tu reserva',
  fee: 'Gastos',
  confirmed: {
    subject: (title) => `Tus plazas: ${title}`,
    lead: 'tu reserva está confirmada. Te esperamos.',
  },
  receipt: {
    subject: (reference) => `Recibo de ${reference}`,
    lead: 'gracias por tu pago. Este es el detalle.',
  },
  cancelled: {
    subject: (title) => `Cancelada: ${title}`,
    lead: 'tu reserva está cancelada y su entrada ya no es válida.',
    refund: (amount) => `Te devolvemos ${amount}. Tarda unos días en llegar.`,
    noRefund: 'Esta reserva no da derecho a devolución.',
  },
  refunded: {
    subject: (amount) => `Devolución de ${amount}`,
    lead: (amount) => `te hemos devuelto ${amount}. Tu banco lo mostrará en unos días.`,
  },
  late: {
    subject: (title) => `Tu pago llegó tarde: ${title}`,
    lead: (amount) =>
      `tu pago llegó cuando las plazas ya no estaban reservadas para ti, y otra persona las tiene. Te lo devolvemos todo: ${amount}. Lo sentimos.`,
  },
  lateCancelled: {
    subject: (title) => `Tu pago llegó después de la cancelación: ${title}`,
    lead: (amount) =>
      `tu pago llegó cuando tu reserva ya estaba cancelada. La reserva sigue cancelada y te lo devolvemos todo: ${amount}.`,
  },
  reset: {
    subject: 'Elige una contraseña nueva',
    lead: 'alguien, seguramente tú, ha pedido una contraseña nueva para tu cuenta.',
    button: 'Elegir una contraseña nueva',
    until: (time) => `El enlace funciona una sola vez, hasta ${time}.`,
    ignore: 'Si no has sido tú, no hagas nada: tu contraseña sigue igual.',
  },
  reused: {
    subject: 'Por seguridad, hemos cerrado una sesión',
    lead: 'un acceso a tu cuenta que ya se había usado se ha usado otra vez. Eso pasa cuando alguien lo ha copiado, así que hemos cerrado esa sesión.',
    advice: 'Vuelve a entrar. Si algo te parece extraño, cambia la contraseña.',
  },
};

const it: Texts = {
  greeting: (name) => `Buongiorno ${name},`,
  reference: 'Riferimento',
  when: 'Quando',
  where: 'Dove',
  places: 'Posti',
  total: 'Totale',
  ofWhichTax: 'di cui imposte',
  showPass: 'Mostri questo codice all’ingresso.',
  showPasses: 'Ogni persona mostra il proprio codice all’ingresso.',
  manage: 'Vedere o cambiare la prenotazione',
  fee: 'Commissione',
  confirmed: {
    subject: (title) => `I suoi posti: ${title}`,
    lead: 'la sua prenotazione è confermata. L’aspettiamo con piacere.',
  },
  receipt: {
    subject: (reference) => `Ricevuta per ${reference}`,
    lead: 'grazie per il pagamento. Ecco il dettaglio.',
  },
  cancelled: {
    subject: (title) => `Annullata: ${title}`,
    lead: 'la sua prenotazione è annullata e il biglietto non è più valido.',
    refund: (amount) => `Le rimborsiamo ${amount}. Ci vuole qualche giorno.`,
    noRefund: 'Per questa prenotazione non è previsto alcun rimborso.',
  },
  refunded: {
    subject: (amount) => `Rimborso di ${amount}`,
    lead: (amount) => `le abbiamo rimborsato ${amount}. La banca lo mostrerà entro qualche giorno.`,
  },
  late: {
    subject: (title) => `Il pagamento è arrivato tardi: ${title}`,
    lead: (amount) =>
      `il suo pagamento è arrivato quando i posti non erano più riservati, e ora sono di qualcun altro. Le rimborsiamo tutto: ${amount}. Ci dispiace.`,
  },
  lateCancelled: {
    subject: (title) => `Il pagamento è arrivato dopo l’annullamento: ${title}`,
    lead: (amount) =>
      `il suo pagamento è arrivato quando la prenotazione era già annullata. La prenotazione resta annullata e le rimborsiamo tutto: ${amount}.`,
  },
  reset: {
    subject: 'Scelga una nuova password',
    lead: 'qualcuno, probabilmente lei, ha chiesto una nuova password per il suo account.',
    button: 'Scegliere una nuova password',
    until: (time) => `Il link funziona una volta sola, fino alle ${time}.`,
    ignore: 'Se non è stato lei, non faccia nulla: la password resta com’è.',
  },
  reused: {
    subject: 'Per prudenza abbiamo chiuso una sessione',
    lead: 'un accesso al suo account già usato è stato usato di nuovo. Succede quando qualcuno lo ha copiato, perciò abbiamo chiuso quella sessione.',
    advice: 'Acceda di nuovo. Se qualcosa le sembra strano, cambi la password.',
  },
};

export const textsIn: Readonly<Record<Language, Texts>> = { fr, en, de, es, it };
