import { useEffect, useState } from 'react';
import { serverNow } from '../api/call.ts';
import { clock } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';

/** Seconds until a moment, by this device’s clock, corrected by what the server’s said. */
export function useSecondsUntil(instant: string): number {
  const left = () => Math.max(0, Math.round((Date.parse(instant) - serverNow()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked anew with each instant
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 1_000);
    return () => clearInterval(timer);
  }, [instant]);
  return seconds;
}

/** Seen every second, and said only twice: whoever listens is not counted down to. */
export function HoldTimer({ until, seconds }: { until: string; seconds: number }) {
  const language = useLanguage();
  const time = clock(until, language, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const said =
    seconds > 120 || seconds === 0
      ? ''
      : seconds > 30
        ? t('checkout.soon', { minutes: 2 })
        : t('checkout.last');
  return (
    <>
      <p
        aria-hidden="true"
        className={`figures ${seconds <= 120 ? 'font-semibold text-warn' : ''}`}
      >
        {t('checkout.timer', {
          minutes: Math.floor(seconds / 60),
          seconds: String(seconds % 60).padStart(2, '0'),
          time,
        })}
      </p>
      <p className="sr-only">{t('ticket.held', { time })}</p>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}
