import type { Language } from '@guichet/contracts/shapes';
import { Column, Hr, Row, Text } from '@react-email/components';
import type { ReactElement } from 'react';
import { Action, Letter, PassCode, small, TicketCard, text } from './parts.tsx';
import type { TemplateData, TemplateName } from './template.ts';
import type { Texts } from './texts.ts';

type Made = { readonly subject: string; readonly letter: ReactElement };
type Make<T extends TemplateName> = (
  texts: Texts,
  language: Language,
  data: TemplateData[T],
) => Made;

const confirmed: Make<'booking_confirmed'> = (
  texts,
  language,
  { firstName, ticket, passes, manageUrl },
) => ({
  subject: texts.confirmed.subject(ticket.title),
  letter: (
    <Letter language={language} preview={`${texts.reference} ${ticket.reference}`}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.confirmed.lead}
      </Text>
      <TicketCard ticket={ticket} texts={texts}>
        {passes.map((pass) => (
          <PassCode key={pass.contentId} pass={pass} />
        ))}
        <Text style={small}>{passes.length > 1 ? texts.showPasses : texts.showPass}</Text>
      </TicketCard>
      <Action href={manageUrl}>{texts.manage}</Action>
    </Letter>
  ),
});

const receipt: Make<'receipt'> = (texts, language, { firstName, ticket, lines, total, tax }) => ({
  subject: texts.receipt.subject(ticket.reference),
  letter: (
    <Letter language={language} preview={`${texts.total} ${total}`}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.receipt.lead}
      </Text>
      <TicketCard ticket={ticket} texts={texts}>
        <Hr />
        {lines.map(({ name, quantity, amount }) => (
          <Row key={name}>
            <Column style={text}>
              {quantity} × {name}
            </Column>
            <Column align="right" style={{ ...text, fontVariantNumeric: 'tabular-nums' }}>
              {amount}
            </Column>
          </Row>
        ))}
        <Hr />
        <Row>
          <Column style={{ ...text, fontWeight: 700 }}>{texts.total}</Column>
          <Column
            align="right"
            style={{ ...text, fontVariantNumeric: 'tabular-nums', fontWeight: 700 }}
          >
            {total}
          </Column>
        </Row>
        <Text style={small}>
          {texts.ofWhichTax}: {tax}
        </Text>
      </TicketCard>
    </Letter>
  ),
});

const cancelled: Make<'booking_cancelled'> = (texts, language, { firstName, ticket, refund }) => ({
  subject: texts.cancelled.subject(ticket.title),
  letter: (
    <Letter language={language} preview={texts.cancelled.lead}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.cancelled.lead}
      </Text>
      {refund !== undefined && (
        <Text style={text}>
          {refund === null ? texts.cancelled.noRefund : texts.cancelled.refund(refund)}
        </Text>
      )}
      <TicketCard ticket={ticket} texts={texts} />
    </Letter>
  ),
});

const refund: Make<'refund'> = (texts, language, { firstName, ticket, amount }) => ({
  subject: texts.refunded.subject(amount),
  letter: (
    <Letter language={language} preview={texts.refunded.subject(amount)}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.refunded.lead(amount)}
      </Text>
      <TicketCard ticket={ticket} texts={texts} />
    </Letter>
  ),
});

const late =
  (why: 'late' | 'lateCancelled'): Make<'late_payment' | 'late_payment_cancelled'> =>
  (texts, language, { firstName, ticket, amount }) => ({
    subject: texts[why].subject(ticket.title),
    letter: (
      <Letter language={language} preview={texts[why].subject(ticket.title)}>
        <Text style={text}>
          {texts.greeting(firstName)} {texts[why].lead(amount)}
        </Text>
        <TicketCard ticket={ticket} texts={texts} />
      </Letter>
    ),
  });

const reset: Make<'password_reset'> = (texts, language, { firstName, url, until }) => ({
  subject: texts.reset.subject,
  letter: (
    <Letter language={language} preview={texts.reset.subject}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.reset.lead}
      </Text>
      <Action href={url}>{texts.reset.button}</Action>
      <Text style={small}>{texts.reset.until(until)}</Text>
      <Text style={small}>{texts.reset.ignore}</Text>
    </Letter>
  ),
});

const reused: Make<'token_reused'> = (texts, language, { firstName }) => ({
  subject: texts.reused.subject,
  letter: (
    <Letter language={language} preview={texts.reused.subject}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.reused.lead}
      </Text>
      <Text style={text}>{texts.reused.advice}</Text>
    </Letter>
  ),
});

/** Who asks has given no name yet. */
const lineCode: Make<'line_code'> = (texts, language, { code, until }) => ({
  subject: texts.lineCode.subject(code),
  letter: (
    <Letter language={language} preview={texts.lineCode.lead}>
      <Text style={text}>{texts.lineCode.lead}</Text>
      <Text style={{ ...text, fontSize: 32, fontWeight: 700, letterSpacing: 6 }}>{code}</Text>
      <Text style={small}>{texts.lineCode.until(until)}</Text>
      <Text style={small}>{texts.lineCode.ignore}</Text>
    </Letter>
  ),
});

const waiting: Make<'waiting_list_joined'> = (
  texts,
  language,
  { firstName, title, when, places, url },
) => ({
  subject: texts.waiting.subject(title),
  letter: (
    <Letter language={language} preview={texts.waiting.lead}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.waiting.lead}
      </Text>
      <Text style={{ ...text, fontWeight: 700 }}>{title}</Text>
      <Text style={text}>
        {when}
        <br />
        {texts.places}: {places}
      </Text>
      <Text style={text}>{texts.waiting.hint}</Text>
      <Action href={url}>{texts.waiting.button}</Action>
    </Letter>
  ),
});

const offered: Make<'places_offered'> = (
  texts,
  language,
  { firstName, ticket, total, until, url },
) => ({
  subject: texts.offered.subject(ticket.title),
  letter: (
    <Letter language={language} preview={texts.offered.lead(until)}>
      <Text style={text}>
        {texts.greeting(firstName)} {texts.offered.lead(until)}
      </Text>
      <TicketCard ticket={ticket} texts={texts}>
        <Text style={{ ...text, fontWeight: 700 }}>
          {texts.total}: {total}
        </Text>
      </TicketCard>
      <Action href={url}>{texts.offered.button}</Action>
      <Text style={small}>{texts.offered.ignore}</Text>
    </Letter>
  ),
});

export const letters: { readonly [T in TemplateName]: Make<T> } = {
  booking_confirmed: confirmed,
  receipt,
  booking_cancelled: cancelled,
  refund,
  late_payment: late('late'),
  late_payment_cancelled: late('lateCancelled'),
  password_reset: reset,
  token_reused: reused,
  line_code: lineCode,
  waiting_list_joined: waiting,
  places_offered: offered,
};
