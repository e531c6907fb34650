import { Link } from 'react-router';
import { Refused } from '../api/call.ts';
import { isEmbedded } from '../embed/embed.ts';
import { t } from '../i18n/t.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLanguage } from './language.ts';
import { wordsOf } from './problem-words.ts';

export function Missing() {
  const language = useLanguage();
  return (
    <div className="grid max-w-xl justify-items-start gap-4 py-12">
      <h1 className="text-display">{t('missing.title')}</h1>
      <p className="text-lead text-quiet">{t('missing.hint')}</p>
      {!isEmbedded && (
        <Link to={`/${language}`} className={buttonClass()}>
          {t('common.home')}
        </Link>
      )}
    </div>
  );
}

/**
 * A first read that failed: what is not there is a page of its own, everything else can be tried
 * again. What fails when it is read once more stays as it was, and nobody loses what they typed.
 */
export function Failed({ error, retry }: { error: unknown; retry: () => unknown }) {
  if (error instanceof Refused && (error.status === 404 || error.status === 400)) {
    return <Missing />;
  }
  return (
    <Notice kind="stop" title={t('failed.title')}>
      <p>{wordsOf(error)}</p>
      <div>
        <Button look="plain" onClick={() => retry()}>
          {t('common.retry')}
        </Button>
      </div>
    </Notice>
  );
}
