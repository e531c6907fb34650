import type { Texts } from '../texts.ts';

export const en: Texts = {
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
  lineCode: {
    subject: (code) => `${code} is your code for the line`,
    lead: 'Enter this code on the page to take your place in line.',
    until: (time) => `It is good until ${time}.`,
    ignore:
      'If you have not asked for it, do nothing: without the code nobody takes a place in your name.',
  },
  waiting: {
    subject: (title) => `You are on the waiting list: ${title}`,
    lead: 'you are on the waiting list. You have nothing to do.',
    hint: 'When places come back, the first in line are offered them by e-mail, at the price of that day, and have a few hours to take them.',
    button: 'See where you are, or leave the list',
  },
  offered: {
    subject: (title) => `Places for you: ${title}`,
    lead: (until) =>
      `places have come back, and we hold them for you until ${until}. After that they go to the next person.`,
    button: 'Take these places',
    ignore:
      'If you no longer want them, do nothing, or cancel them on that page: somebody else is glad of them.',
  },
};
