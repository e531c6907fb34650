import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { HoldTimer, useSecondsUntil } from '../checkout/hold-timer.tsx';
import { t } from '../i18n/t.ts';
import { Notice } from '../ui/notice.tsx';
import type { KeptAdmission } from './kept-turn.ts';

/** Somebody is in: how long they may choose, and the line again when that is over. */
export default function Inside({
  offeringId,
  admission: { expiresAt },
}: {
  offeringId: string;
  admission: KeptAdmission;
}) {
  const client = useQueryClient();
  const seconds = useSecondsUntil(expiresAt);
  useEffect(() => {
    if (seconds === 0) void client.invalidateQueries({ queryKey: ['room', offeringId] });
  }, [client, offeringId, seconds]);
  return (
    <Notice kind="ok" title={t('line.inside')}>
      <HoldTimer until={expiresAt} seconds={seconds} />
    </Notice>
  );
}
