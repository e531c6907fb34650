import { credentials } from '../embed/embed.ts';
import { Refused, Unanswered } from './call.ts';

/** Fetches a file with a booking’s token and hands it to the browser under a name. */
export async function saveFile({
  path,
  type,
  manageToken,
  name,
}: {
  path: string;
  type: string;
  manageToken: string | undefined;
  name: string;
}): Promise<void> {
  const response = await fetch(path, {
    credentials,
    headers: { accept: type, ...(manageToken ? { 'x-manage-token': manageToken } : {}) },
  }).catch((cause: unknown) => {
    throw new Unanswered('No answer came.', { cause });
  });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
