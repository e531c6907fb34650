import type { LineView } from '@guichet/contracts/lines';
import type { RoomView } from '@guichet/contracts/waiting-rooms';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { useSecondsUntil } from '../checkout/hold-timer.tsx';
import { isEmbedded } from '../embed/embed.ts';
import { clock, longDate } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { InLine } from './in-line.tsx';
import { JoinForm } from './join-form.tsx';
import { isSoldOut } from './standing.ts';
import { useLine } from './use-line.ts';
import { useTurn } from './use-turn.ts';

/** The visitor’s own clock: they wait where they are. */
function useMoment(): (instant: string) => string {
  const language = useLanguage();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (instant) => `${longDate(instant, language, zone)}, ${clock(instant, language, zone)}`;
}

function Countdown({ until }: { until: string }) {
  const seconds = useSecondsUntil(until);
  const hours = Math.floor(seconds / 3_600);
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return (
    <p aria-hidden="true" className="text-display figures">
      {[...(hours > 0 ? [hours] : []), ...rest].join(':')}
    </p>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <section aria-labelledby="line" className="grid max-w-2xl gap-4 rounded-2xl bg-sheet p-6">
      <h2 id="line" className="text-title">
        {t('line.title')}
      </h2>
      {children}
    </section>
  );
}

function Rules({ room }: { room: RoomView }) {
  const moment = useMoment();
  const time = moment(room.saleAt);
  return (
    <>
      <p>{t('line.saleAt', { time })}</p>
      <p className="text-quiet">
        {room.order === 'draw' ? t('line.byDraw', { time }) : t('line.byComing')}
      </p>
    </>
  );
}

/** What stands in front of an offering that more want than can have it, until one is let in. */
export default function WaitingRoom({
  room,
  line: first,
  visit,
  children,
}: {
  room: RoomView;
  line: LineView;
  visit: string;
  /** What there is to choose from: when all is sold, its waiting list. */
  children: ReactNode;
}) {
  const { line, isLost } = useLine(first);
  const { turn, standing, join, goIn, leave, reload } = useTurn(room, line, visit);
  const moment = useMoment();
  const language = useLanguage();
  const isClosed = line.phase === 'closed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it closes
  useEffect(() => {
    if (isClosed) void reload();
  }, [isClosed]);
  const isBefore = line.phase === 'announced' || line.phase === 'waiting';

  if (line.phase === 'admitting' && isSoldOut(line)) {
    return (
      <>
        <Frame>
          <Notice kind="warn" title={t('line.soldOut')}>
            <p>{t('line.soldOutHint')}</p>
            {!isEmbedded && (
              <Link to={`/${language}`} className={buttonClass('plain')}>
                {t('common.home')}
              </Link>
            )}
          </Notice>
        </Frame>
        {children}
      </>
    );
  }
  if (goIn.isError) {
    return (
      <Frame>
        <Notice kind="stop" title={wordsOf(goIn.error)} />
        <Button look="plain" className="justify-self-start" onClick={leave}>
          {t('line.joinAgain')}
        </Button>
      </Frame>
    );
  }
  return (
    <Frame>
      {isBefore && (
        <>
          <Rules room={room} />
          <Countdown until={room.saleAt} />
        </>
      )}
      {turn && standing && <InLine line={line} standing={standing} turn={turn} isLost={isLost} />}
      {!turn && line.phase === 'announced' && (
        <p>{t('line.opensAt', { time: moment(room.opensAt) })}</p>
      )}
      {!turn && line.phase !== 'announced' && <JoinForm room={room} visit={visit} join={join} />}
      {goIn.isPending && <p role="alert">{t('line.goingIn')}</p>}
    </Frame>
  );
}
