import type { Texts } from '../texts.ts';

export const es: Texts = {
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
  lineCode: {
    subject: (code) => `${code} es tu código para la cola`,
    lead: 'Escribe este código en la página para ocupar tu puesto en la cola.',
    until: (time) => `Vale hasta las ${time}.`,
    ignore: 'Si no lo has pedido, no hagas nada: sin el código nadie ocupa un puesto en tu nombre.',
  },
  waiting: {
    subject: (title) => `Estás en la lista de espera: ${title}`,
    lead: 'estás en la lista de espera. No tienes que hacer nada.',
    hint: 'Cuando se liberan plazas, las ofrecemos por correo a los primeros de la lista, al precio de ese día, y tienen unas horas para cogerlas.',
    button: 'Ver dónde estás, o dejar la lista',
  },
  offered: {
    subject: (title) => `Plazas para ti: ${title}`,
    lead: (until) =>
      `se han liberado plazas y te las guardamos hasta el ${until}. Después pasan a la siguiente persona.`,
    button: 'Coger estas plazas',
    ignore:
      'Si ya no las quieres, no hagas nada, o cancélalas en esa página: otra persona se alegrará.',
  },
};
