import { escapeHtml } from '../escape-html.ts';
import type { Message } from './inbox.ts';

const style = `
  :root { color-scheme: light; --line: #dcdfe4; --soft: #f5f6f8; --ink: #1d2430; --quiet: #5c6675; --mark: #1f5fbf; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); height: 100vh; display: grid; grid-template: auto 1fr / 22rem 1fr; }
  header { grid-column: 1 / -1; display: flex; gap: 1rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid var(--line); }
  h1 { font-size: 1.05rem; margin: 0; }
  header form { margin-left: auto; display: flex; gap: .4rem; }
  input, button { font: inherit; padding: .25rem .6rem; border: 1px solid var(--line); border-radius: .3rem; background: white; }
  ol { list-style: none; margin: 0; padding: 0; overflow: auto; border-right: 1px solid var(--line); }
  li a { display: block; padding: .6rem 1rem; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
  li a:hover { background: var(--soft); }
  li a[aria-current] { background: #e8f0fd; box-shadow: inset 3px 0 var(--mark); }
  li b, li span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .quiet { color: var(--quiet); font-size: .85rem; }
  main { display: flex; flex-direction: column; min-width: 0; overflow: hidden; }
  main > section { padding: .8rem 1rem; border-bottom: 1px solid var(--line); }
  h2 { margin: 0 0 .2rem; font-size: 1.15rem; }
  nav { display: flex; gap: .4rem; padding: .5rem 1rem; border-bottom: 1px solid var(--line); flex-wrap: wrap; }
  nav a { padding: .15rem .7rem; border-radius: 1rem; color: var(--mark); text-decoration: none; border: 1px solid transparent; }
  nav a[aria-current] { border-color: var(--mark); }
  iframe { flex: 1; border: 0; width: 100%; background: white; }
  pre { flex: 1; margin: 0; padding: 1rem; overflow: auto; white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; }
  .empty { padding: 4rem 1rem; text-align: center; color: var(--quiet); }
  @media (max-width: 46rem) { body { grid-template: auto 14rem 1fr / 1fr; } ol { border-right: 0; border-bottom: 1px solid var(--line); } }
`;

type Shown = {
  messages: readonly Message[];
  to: string;
  id: string | undefined;
  view: string | undefined;
};

const link = (shown: { to: string; id: string; view?: string }): string => {
  const query = new URLSearchParams({
    message: shown.id,
    ...(shown.to ? { to: shown.to } : {}),
    ...(shown.view ? { view: shown.view } : {}),
  });
  return escapeHtml(`/?${query}`);
};

const when = (sentAt: string): string => `${sentAt.slice(0, 10)} ${sentAt.slice(11, 19)} UTC`;

const labels = (message: Message): string =>
  [message.template, message.language, message.via].filter(Boolean).join(' · ');

const listItem = (message: Message, { to, id }: Shown): string => `
  <li><a href="${link({ to, id: message.id })}"${message.id === id ? ' aria-current="true"' : ''}>
    <b>${escapeHtml(message.subject)}</b>
    <span>${escapeHtml(message.to)}</span>
    <span class="quiet">${message.sentAt.slice(11, 19)} · ${escapeHtml(labels(message))}</span>
  </a></li>`;

const body = (message: Message, view: string): string =>
  view === 'text'
    ? `<pre>${escapeHtml(message.text)}</pre>`
    : `<iframe title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${message.id}/html"></iframe>`;

const open = (message: Message, shown: Shown): string => {
  const view = shown.view ?? (message.html ? 'html' : 'text');
  const tab = (name: string, label: string) =>
    `<a href="${link({ to: shown.to, id: message.id, view: name })}"${view === name ? ' aria-current="true"' : ''}>${label}</a>`;
  const attachments = message.attachments.map(
    ({ name }) =>
      `<a href="/messages/${message.id}/attachments/${encodeURIComponent(name)}" target="_blank">${escapeHtml(name)} ↓</a>`,
  );
  return `
  <section>
    <h2>${escapeHtml(message.subject)}</h2>
    <div class="quiet">From ${escapeHtml(message.from)} to ${escapeHtml(message.to)} · ${when(message.sentAt)} · ${escapeHtml(labels(message))}</div>
  </section>
  <nav>${tab('html', 'HTML')}${tab('text', 'Plain text')}${attachments.join('')}</nav>
  ${body(message, view)}`;
};

export const inboxPage = (shown: Shown): string => {
  const message = shown.messages.find(({ id }) => id === shown.id);
  const list = shown.messages.map((item) => listItem(item, shown)).join('');
  // A list that nobody reads from may refresh itself; an open message may not.
  const refresh = message ? '' : '<meta http-equiv="refresh" content="5">';
  const nothing = shown.messages.length === 0 ? 'No mail yet.' : 'Choose a message.';

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>Inbox</title>
<style>${style}</style>
</head>
<body>
<header>
  <h1>Inbox</h1><span class="quiet">Nothing here left this machine.</span>
  <form><input name="to" type="email" placeholder="Only to this address" aria-label="Only to this address" value="${escapeHtml(shown.to)}"><button>Show</button></form>
</header>
<ol>${list}</ol>
<main>${message ? open(message, shown) : `<p class="empty">${nothing}</p>`}</main>
</body>
</html>`;
};

/** The message's own HTML, with the images it carries found where the inbox serves them. */
export const messageHtml = (message: Message): string => {
  const html = message.attachments.reduce(
    (text, { name, contentId }) =>
      contentId === null
        ? text
        : text.replaceAll(
            `cid:${contentId}`,
            `/messages/${message.id}/attachments/${encodeURIComponent(name)}`,
          ),
    message.html,
  );
  return `<base target="_blank">${html}`;
};
