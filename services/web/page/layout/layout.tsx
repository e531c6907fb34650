import { Link, Outlet, useLocation } from 'react-router';
import { useMe } from '../account/session.ts';
import { languageNames, languages } from '../i18n/languages.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from './language.ts';
import { useArrival } from './use-arrival.ts';

/** The same page in another language; a fragment holds a token and comes along. */
function Languages() {
  const current = useLanguage();
  const { pathname, search, hash } = useLocation();
  const rest = pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '');
  return (
    <nav aria-label={t('common.language')}>
      <ul className="flex flex-wrap gap-x-1">
        {languages.map((language) => (
          <li key={language}>
            <Link
              to={`/${language}${rest}${search}${hash}`}
              lang={language}
              hrefLang={language}
              aria-current={language === current ? 'true' : undefined}
              className="inline-flex min-h-11 items-center rounded-lg px-2 text-small text-quiet aria-[current]:font-semibold aria-[current]:text-ink hover:underline"
            >
              {languageNames[language]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Header() {
  const me = useMe();
  const language = useLanguage();
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex max-w-6xl items-center justify-between gap-4 px-4 py-2">
        <Link
          to={`/${language}`}
          aria-label={`Guichet, ${t('common.home')}`}
          className="inline-flex min-h-11 items-center text-lead font-bold tracking-tight"
        >
          Guichet
        </Link>
        <nav className="flex gap-5">
          <Link
            to={`/${language}/bookings`}
            className="inline-flex min-h-11 items-center text-small font-semibold hover:underline"
          >
            {t('common.myBookings')}
          </Link>
          {!me && (
            <Link
              to={`/${language}/sign-in`}
              className="inline-flex min-h-11 items-center text-small font-semibold hover:underline"
            >
              {t('common.signIn')}
            </Link>
          )}
        </nav>
      </div>
    </header>
  );
}

export function Layout() {
  const content = useArrival();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:left-2 focus:top-2 focus:z-10 focus:rounded-lg focus:bg-sheet focus:px-4 focus:py-3"
      >
        {t('common.skip')}
      </a>
      <Header />
      <main
        ref={content}
        id="content"
        tabIndex={-1}
        className="mx-auto min-h-[calc(100dvh-4rem)] w-full max-w-6xl grow px-4 py-6 outline-none"
      >
        <Outlet />
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-4">
          <Languages />
        </div>
      </footer>
    </div>
  );
}
