import type { Language } from '@guichet/contracts/shapes';
import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Img,
  Preview,
  Section,
  Text,
} from '@react-email/components';
import type { CSSProperties, ReactNode } from 'react';
import type { PassPicture, Ticket } from './template.ts';
import type { Texts } from './texts.ts';

const ink = '#1c1917';
const quiet = '#57534e';
const line = '#d6d3d1';

export const text: CSSProperties = {
  color: ink,
  fontSize: 16,
  lineHeight: '24px',
  margin: '0 0 12px',
};
export const small: CSSProperties = { ...text, color: quiet, fontSize: 14, lineHeight: '20px' };
const figures: CSSProperties = { fontVariantNumeric: 'tabular-nums', letterSpacing: '0.04em' };

/** Quiet paper, one column, legible without pictures and in a phone's width. */
export const Letter = ({
  language,
  preview,
  children,
}: {
  language: Language;
  preview: string;
  children: ReactNode;
}) => (
  <Html lang={language}>
    <Head>
      <meta name="color-scheme" content="light" />
    </Head>
    <Preview>{preview}</Preview>
    <Body
      style={{
        backgroundColor: '#f5f5f4',
        fontFamily: 'system-ui, sans-serif',
        margin: 0,
        padding: '24px 8px',
      }}
    >
      <Container style={{ maxWidth: 560 }}>{children}</Container>
    </Body>
  </Html>
);

const Row = ({ name, value }: { name: string; value: string }) => (
  <>
    <Text style={{ ...small, margin: 0 }}>{name}</Text>
    <Text style={{ ...text, ...figures }}>{value}</Text>
  </>
);

/** The ticket: the one object that looks the same wherever a buyer meets it, with a torn edge. */
export const TicketCard = ({
  ticket,
  texts,
  children,
}: {
  ticket: Ticket;
  texts: Texts;
  children?: ReactNode;
}) => (
  <Section
    style={{
      backgroundColor: '#ffffff',
      border: `1px solid ${line}`,
      borderRadius: 8,
      margin: '16px 0',
    }}
  >
    <Section style={{ padding: '24px 24px 8px' }}>
      <Text style={{ ...small, margin: 0 }}>{ticket.organiser}</Text>
      <Heading
        as="h1"
        style={{ color: ink, fontSize: 24, lineHeight: '30px', margin: '4px 0 16px' }}
      >
        {ticket.title}
      </Heading>
      <Row name={texts.when} value={ticket.when} />
      <Row name={texts.where} value={[ticket.venue, ticket.address].filter(Boolean).join(', ')} />
      <Row name={texts.places} value={String(ticket.places)} />
    </Section>
    <Section style={{ borderTop: `2px dashed ${line}`, padding: '16px 24px' }}>
      <Text style={{ ...small, margin: 0 }}>{texts.reference}</Text>
      <Text
        style={{
          ...figures,
          color: ink,
          fontSize: 28,
          fontWeight: 700,
          lineHeight: '36px',
          margin: 0,
        }}
      >
        {ticket.reference}
      </Text>
      {children}
    </Section>
  </Section>
);

/** A pass as its QR code; where it is somebody's own, under the name and above the file's. */
export const PassCode = ({ pass: { contentId, file, attendee } }: { pass: PassPicture }) => (
  <>
    {attendee === null ? null : (
      <Text style={{ ...text, fontWeight: 700, margin: '24px 0 0' }}>{attendee}</Text>
    )}
    <Img
      src={`cid:${contentId}`}
      alt={attendee === null ? 'QR' : `QR ${attendee}`}
      width="220"
      height="220"
      style={{ margin: attendee === null ? '16px 0 4px' : '4px 0' }}
    />
    {attendee === null ? null : <Text style={{ ...small, margin: 0 }}>{file}</Text>}
  </>
);

export const Action = ({ href, children }: { href: string; children: string }) => (
  <Button
    href={href}
    style={{
      backgroundColor: ink,
      borderRadius: 6,
      color: '#ffffff',
      fontSize: 16,
      margin: '8px 0 16px',
      padding: '12px 20px',
    }}
  >
    {children}
  </Button>
);
