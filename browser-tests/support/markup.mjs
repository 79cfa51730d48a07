// Collects pages as the server sends them and checks them with the Nu Html Checker.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errors } from './vnu.mjs';

/** Starts a collection of files that are checked together, because the checker takes seconds to start. */
export async function markup() {
  const folder = await mkdtemp(join(tmpdir(), 'emtihan-html-'));
  const files = [];
  return {
    files,
    async keep(name, text) {
      const file = join(folder, name);
      await writeFile(file, text);
      files.push(file);
    },
    errors: () => errors(files),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Remembers the last whole page that the server sent, before scripts change it; a swapped region is sent as a whole page,
 * too. Call it before the page is opened; the returned function answers with the HTML.
 */
export function lastPage(page) {
  let latest;
  page.on('response', response => {
    // The response for the frame of the PDF viewer is skipped: it is not an HTML page of the site.
    const isPage = response.frame() === page.mainFrame() && response.headers()['content-type']?.startsWith('text/html');
    if (isPage && response.status() !== 303) latest = response.text().catch(() => undefined);
  });
  return async () => await latest ?? page.content();
}
