import type { Texts } from '../texts.ts';

export const it: Texts = {
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
  lineCode: {
    subject: (code) => `${code} è il Suo codice per la fila`,
    lead: 'Inserisca questo codice nella pagina per prendere il Suo posto in fila.',
    until: (time) => `È valido fino alle ${time}.`,
    ignore:
      'Se non l’ha richiesto, non faccia nulla: senza il codice nessuno prende un posto a Suo nome.',
  },
  waiting: {
    subject: (title) => `È in lista d’attesa: ${title}`,
    lead: 'è in lista d’attesa. Non deve fare nulla.',
    hint: 'Quando si liberano dei posti, li offriamo per e-mail ai primi della lista, al prezzo del giorno; hanno alcune ore per prenderli.',
    button: 'Vedere a che punto è, o lasciare la lista',
  },
  offered: {
    subject: (title) => `Posti per Lei: ${title}`,
    lead: (until) =>
      `si sono liberati dei posti e li teniamo per Lei fino a ${until}. Poi passano alla persona successiva.`,
    button: 'Prendere questi posti',
    ignore:
      'Se non li vuole più, non faccia nulla, o li annulli in quella pagina: qualcun altro ne sarà felice.',
  },
};
