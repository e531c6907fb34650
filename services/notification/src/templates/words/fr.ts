import type { Texts } from '../texts.ts';

export const fr: Texts = {
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
  lineCode: {
    subject: (code) => `${code} : votre code pour la file d’attente`,
    lead: 'Saisissez ce code sur la page pour prendre votre place dans la file.',
    until: (time) => `Il est valable jusqu’à ${time}.`,
    ignore:
      'Si vous n’avez rien demandé, ne faites rien : sans ce code, personne ne prend de place en votre nom.',
  },
  waiting: {
    subject: (title) => `Vous êtes sur la liste d’attente : ${title}`,
    lead: 'vous êtes sur la liste d’attente. Vous n’avez rien à faire.',
    hint: 'Quand des places se libèrent, elles sont proposées par e-mail aux premiers inscrits, au prix du jour ; ils ont quelques heures pour les prendre.',
    button: 'Voir où vous en êtes, ou quitter la liste',
  },
  offered: {
    subject: (title) => `Des places pour vous : ${title}`,
    lead: (until) =>
      `des places se sont libérées et nous vous les gardons jusqu’au ${until}. Ensuite, elles vont à la personne suivante.`,
    button: 'Prendre ces places',
    ignore:
      'Si vous n’en voulez plus, ne faites rien, ou annulez-les sur cette page : quelqu’un d’autre en sera heureux.',
  },
};
