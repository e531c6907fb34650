import type { BookingView } from '@guichet/contracts/bookings';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { saveFile } from '../api/save-file.ts';
import { money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

type Props = { booking: BookingView; manageToken: string | undefined };

const opened = (manageToken: string | undefined) => (manageToken ? { manageToken } : {});

/** What would come back is shown before anything is asked for. */
function Cancel({ booking, manageToken }: Props) {
  const language = useLanguage();
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const terms = useQuery({ ...queries.cancellation(booking.id, manageToken), enabled: false });
  const cancel = useMutation({
    mutationFn: () =>
      call('post /api/bookings/{id}/cancel', {
        params: { id: booking.id },
        ...opened(manageToken),
      }),
    onSuccess: (changed) => {
      dialog.current?.close();
      client.setQueryData(['booking', booking.id], changed);
    },
  });
  const inMoney = (cents: number) => money(cents, booking.currency, language);

  async function ask() {
    await terms.refetch();
    dialog.current?.showModal();
  }

  return (
    <>
      <Button look="quiet" busy={terms.isFetching} onClick={ask}>
        {t('booking.cancel')}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby="cancel-question"
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-2xl border border-line bg-sheet p-6 text-ink backdrop:bg-black/50"
      >
        <div className="grid gap-4">
          <h2 id="cancel-question" className="text-title">
            {t('booking.cancelQuestion')}
          </h2>
          {terms.data && (
            <p>
              {terms.data.refundCents > 0
                ? t('booking.cancelRefund', {
                    refund: inMoney(terms.data.refundCents),
                    total: inMoney(booking.totalCents),
                  })
                : t('booking.cancelNothing')}
            </p>
          )}
          {(terms.error ?? cancel.error) && (
            <Notice kind="stop" title={wordsOf(terms.error ?? cancel.error)} />
          )}
          <div className="flex flex-wrap gap-3">
            <Button look="plain" onClick={() => dialog.current?.close()}>
              {t('booking.cancelNo')}
            </Button>
            {terms.data && (
              <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
                {t('booking.cancelYes')}
              </Button>
            )}
          </div>
        </div>
      </dialog>
    </>
  );
}

/** The pass as a file, which a link could not fetch: the token goes in a header, never in an address. */
function useSave({ booking, manageToken }: Props) {
  return useMutation({
    mutationFn: (type: 'text/calendar' | 'application/pdf') =>
      saveFile({
        path: `/api/bookings/${booking.id}/pass`,
        type,
        manageToken,
        name: `${booking.reference}.${type === 'application/pdf' ? 'pdf' : 'ics'}`,
      }),
  });
}

/** The e-mail with its passes once more, to the address that the booking has. */
function Resend({ booking, manageToken }: Props) {
  const resend = useMutation({
    mutationFn: () =>
      call('post /api/bookings/{id}/resend', {
        params: { id: booking.id },
        ...opened(manageToken),
      }),
  });
  return (
    <>
      <Button look="plain" busy={resend.isPending} onClick={() => resend.mutate()}>
        {t('booking.resend')}
      </Button>
      <p role="status" className="self-center text-small">
        {resend.isSuccess && t('booking.resent', { email: booking.contact?.email ?? '' })}
        {resend.isError && wordsOf(resend.error)}
      </p>
    </>
  );
}

export function BookingActions(props: Props) {
  const save = useSave(props);
  return (
    <div className="grid gap-4">
      {save.isError && <Notice kind="stop" title={wordsOf(save.error)} />}
      <div className="flex flex-wrap gap-3">
        <Button look="plain" onClick={() => save.mutate('text/calendar')}>
          {t('booking.calendar')}
        </Button>
        <Button look="plain" busy={save.isPending} onClick={() => save.mutate('application/pdf')}>
          {t('booking.pdf')}
        </Button>
        <Resend {...props} />
        <Cancel {...props} />
      </div>
    </div>
  );
}
