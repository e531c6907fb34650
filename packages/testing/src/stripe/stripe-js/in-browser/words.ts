import type { StripeError } from '@stripe/stripe-js';

const en = {
  frame: 'Secure payment input frame',
  bank: '3-D Secure',
  number: 'Card number',
  expiry: 'Expiration date',
  expiryHint: 'MM / YY',
  cvc: 'Security code',
  cvcHint: 'CVC',
  incomplete_number: 'Your card number is incomplete.',
  invalid_number: 'Your card number is invalid.',
  incomplete_expiry: 'Your card’s expiration date is incomplete.',
  invalid_expiry_month: 'Your card’s expiration month is invalid.',
  invalid_expiry_year: 'Your card’s expiration year is invalid.',
  invalid_expiry_month_past: 'Your card’s expiration date is in the past.',
  invalid_expiry_year_past: 'Your card’s expiration year is in the past.',
  incomplete_cvc: 'Your card’s security code is incomplete.',
  card_declined: 'Your card was declined.',
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: 'Your card’s security code is incorrect.',
  incorrect_number: 'Your card number is incorrect.',
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
  payment_intent_authentication_failure:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  api_connection_error:
    'We are experiencing issues connecting to our payments provider. Please check your internet connection and try again.',
};
export type Words = typeof en;
export type Language = 'en' | 'fr' | 'de' | 'es' | 'it';

const fr: Words = {
  frame: 'Cadre de saisie sécurisé pour le paiement',
  bank: '3-D Secure',
  number: 'Numéro de carte',
  expiry: 'Date d’expiration',
  expiryHint: 'MM / AA',
  cvc: 'Code de sécurité',
  cvcHint: 'CVC',
  incomplete_number: 'Le numéro de votre carte est incomplet.',
  invalid_number: 'Le numéro de votre carte n’est pas valide.',
  incomplete_expiry: 'La date d’expiration de votre carte est incomplète.',
  invalid_expiry_month: 'Le mois d’expiration de votre carte n’est pas valide.',
  invalid_expiry_year: 'L’année d’expiration de votre carte n’est pas valide.',
  invalid_expiry_month_past: 'La date d’expiration de votre carte est passée.',
  invalid_expiry_year_past: 'L’année d’expiration de votre carte est passée.',
  incomplete_cvc: 'Le code de sécurité de votre carte est incomplet.',
  card_declined: 'Votre carte a été refusée.',
  insufficient_funds: 'Les fonds de votre carte sont insuffisants.',
  expired_card: 'Votre carte a expiré.',
  incorrect_cvc: 'Le code de sécurité de votre carte est incorrect.',
  incorrect_number: 'Le numéro de votre carte est incorrect.',
  processing_error:
    'Une erreur s’est produite lors du traitement de votre carte. Réessayez dans un instant.',
  payment_intent_authentication_failure:
    'Nous ne pouvons pas authentifier votre moyen de paiement. Choisissez-en un autre et réessayez.',
  api_connection_error:
    'La connexion à notre prestataire de paiement échoue. Vérifiez votre connexion à Internet et réessayez.',
};

const de: Words = {
  frame: 'Sicherer Eingaberahmen für Zahlungen',
  bank: '3-D Secure',
  number: 'Kartennummer',
  expiry: 'Ablaufdatum',
  expiryHint: 'MM / JJ',
  cvc: 'Sicherheitscode',
  cvcHint: 'CVC',
  incomplete_number: 'Ihre Kartennummer ist unvollständig.',
  invalid_number: 'Ihre Kartennummer ist ungültig.',
  incomplete_expiry: 'Das Ablaufdatum Ihrer Karte ist unvollständig.',
  invalid_expiry_month: 'Der Ablaufmonat Ihrer Karte ist ungültig.',
  invalid_expiry_year: 'Das Ablaufjahr Ihrer Karte ist ungültig.',
  invalid_expiry_month_past: 'Das Ablaufdatum Ihrer Karte liegt in der Vergangenheit.',
  invalid_expiry_year_past: 'Das Ablaufjahr Ihrer Karte liegt in der Vergangenheit.',
  incomplete_cvc: 'Der Sicherheitscode Ihrer Karte ist unvollständig.',
  card_declined: 'Ihre Karte wurde abgelehnt.',
  insufficient_funds: 'Ihre Karte ist nicht ausreichend gedeckt.',
  expired_card: 'Ihre Karte ist abgelaufen.',
  incorrect_cvc: 'Der Sicherheitscode Ihrer Karte ist falsch.',
  incorrect_number: 'Ihre Kartennummer ist falsch.',
  processing_error:
    'Bei der Verarbeitung Ihrer Karte ist ein Fehler aufgetreten. Versuchen Sie es gleich noch einmal.',
  payment_intent_authentication_failure:
    'Ihre Zahlungsmethode kann nicht bestätigt werden. Wählen Sie eine andere und versuchen Sie es erneut.',
  api_connection_error:
    'Die Verbindung zu unserem Zahlungsanbieter ist gestört. Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
};

const es: Words = {
  frame: 'Marco de entrada de pago seguro',
  bank: '3-D Secure',
  number: 'Número de tarjeta',
  expiry: 'Fecha de caducidad',
  expiryHint: 'MM / AA',
  cvc: 'Código de seguridad',
  cvcHint: 'CVC',
  incomplete_number: 'El número de tu tarjeta está incompleto.',
  invalid_number: 'El número de tu tarjeta no es válido.',
  incomplete_expiry: 'La fecha de caducidad de tu tarjeta está incompleta.',
  invalid_expiry_month: 'El mes de caducidad de tu tarjeta no es válido.',
  invalid_expiry_year: 'El año de caducidad de tu tarjeta no es válido.',
  invalid_expiry_month_past: 'La fecha de caducidad de tu tarjeta ya ha pasado.',
  invalid_expiry_year_past: 'El año de caducidad de tu tarjeta ya ha pasado.',
  incomplete_cvc: 'El código de seguridad de tu tarjeta está incompleto.',
  card_declined: 'Tu tarjeta ha sido rechazada.',
  insufficient_funds: 'Tu tarjeta no tiene fondos suficientes.',
  expired_card: 'Tu tarjeta ha caducado.',
  incorrect_cvc: 'El código de seguridad de tu tarjeta es incorrecto.',
  incorrect_number: 'El número de tu tarjeta es incorrecto.',
  processing_error:
    'Se ha producido un error al procesar tu tarjeta. Vuelve a intentarlo en un momento.',
  payment_intent_authentication_failure:
    'No podemos autenticar tu método de pago. Elige otro y vuelve a intentarlo.',
  api_connection_error:
    'Hay problemas de conexión con nuestro proveedor de pagos. Comprueba tu conexión a Internet y vuelve a intentarlo.',
};

const it: Words = {
  frame: 'Riquadro sicuro per l’inserimento del pagamento',
  bank: '3-D Secure',
  number: 'Numero della carta',
  expiry: 'Data di scadenza',
  expiryHint: 'MM / AA',
  cvc: 'Codice di sicurezza',
  cvcHint: 'CVC',
  incomplete_number: 'Il numero della carta è incompleto.',
  invalid_number: 'Il numero della carta non è valido.',
  incomplete_expiry: 'La data di scadenza della carta è incompleta.',
  invalid_expiry_month: 'Il mese di scadenza della carta non è valido.',
  invalid_expiry_year: 'L’anno di scadenza della carta non è valido.',
  invalid_expiry_month_past: 'La data di scadenza della carta è passata.',
  invalid_expiry_year_past: 'L’anno di scadenza della carta è passato.',
  incomplete_cvc: 'Il codice di sicurezza della carta è incompleto.',
  card_declined: 'La carta è stata rifiutata.',
  insufficient_funds: 'La carta non ha fondi sufficienti.',
  expired_card: 'La carta è scaduta.',
  incorrect_cvc: 'Il codice di sicurezza della carta non è corretto.',
  incorrect_number: 'Il numero della carta non è corretto.',
  processing_error:
    'Si è verificato un errore durante l’elaborazione della carta. Riprova tra poco.',
  payment_intent_authentication_failure:
    'Non riusciamo ad autenticare il metodo di pagamento. Scegline un altro e riprova.',
  api_connection_error:
    'La connessione al nostro fornitore di pagamenti non riesce. Controlla la connessione a Internet e riprova.',
};

export const words: Readonly<Record<Language, Words>> = { en, fr, de, es, it };

/** `auto` is the browser's language; one that is not here is English, as with Stripe. */
export const languageOf = (locale: string | undefined, browsers: string): Language => {
  const asked = (!locale || locale === 'auto' ? browsers : locale).slice(0, 2).toLowerCase();
  return Object.keys(words).includes(asked) ? (asked as Language) : 'en';
};

/** An error of the API with its message in the customer's language, where a customer may see it. */
export const inWords = (error: StripeError, language: Language): StripeError => {
  const known: Readonly<Record<string, string>> = words[language];
  // That this is no test card is said to whoever tries things out, in the API's own words.
  if (error.decline_code === 'test_mode_live_card') return error;
  const message = known[error.decline_code ?? ''] ?? known[error.code ?? ''] ?? error.message;
  return message === undefined ? error : { ...error, message };
};
