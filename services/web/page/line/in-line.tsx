import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/t.ts';
import { useTitle } from '../layout/title.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { type KeptTurn, linkTo } from './kept-turn.ts';
import { type Line, minutesUntilCalled, type Standing } from './standing.ts';

/** Whoever listens is told where they stand so often at most. */
const saidEveryMs = 30_000;

/** The words of now, but no oftener than somebody wants to hear them. */
function useSaid(words: string): string {
  const [said, setSaid] = useState(words);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + saidEveryMs - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);
  return said;
}

function position(standing: Standing): string {
  if (standing.kind === 'waits') return t('line.ahead', { count: standing.ahead });
  return standing.kind === 'called' ? t('line.called') : t('line.beforeDraw');
}

function estimate({ calledPerMinute, phase }: Line, standing: Standing): string {
  if (phase !== 'admitting' || standing.kind !== 'waits') return '';
  const minutes = minutesUntilCalled(standing.ahead, calledPerMinute);
  if (!minutes) return t('line.estimateUnknown');
  return minutes.from === 0
    ? t('line.estimateSoon', { to: minutes.to })
    : t('line.estimate', minutes);
}

function OtherDevice({ turn }: { turn: KeptTurn }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(linkTo(turn)).then(
      () => setCopied(true),
      () => window.prompt(t('line.copyHint'), linkTo(turn)),
    );
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button look="plain" onClick={copy}>
        {t('line.copy')}
      </Button>
      <span role="status" className="text-small text-quiet">
        {copied ? t('line.copied') : ''}
      </span>
    </div>
  );
}

/** Where somebody stands, how long it may take, what is left, and that they may go away. */
export function InLine({
  line,
  standing,
  turn,
  isLost,
}: {
  line: Line;
  standing: Standing;
  turn: KeptTurn;
  isLost: boolean;
}) {
  const where = position(standing);
  const howLong = estimate(line, standing);
  const left = line.phase === 'admitting' && line.placesLeft !== null;
  const said = useSaid([where, howLong].filter(Boolean).join(' '));
  useTitle(standing.kind === 'called' ? t('line.called') : where);
  return (
    <div className="grid gap-4">
      <p className="text-lead font-semibold figures" aria-hidden="true">
        {where}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {howLong && (
        <p className="figures" aria-hidden="true">
          {howLong}
        </p>
      )}
      {left && (
        <p className="figures">
          {line.placesLeft === 0
            ? t('line.allHeld')
            : t('line.left', { count: line.placesLeft ?? 0 })}
        </p>
      )}
      {isLost && <Notice kind="warn" title={t('line.lost')} />}
      <p className="text-quiet">{t('line.safeToLeave')}</p>
      <OtherDevice turn={turn} />
    </div>
  );
}
