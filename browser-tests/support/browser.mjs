// The browser, and browser contexts of people who use the site.
import { chromium } from 'playwright-core';
import { PASSWORD } from './demo.mjs';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Launches the browser of a test file. */
export const openBrowser = () => chromium.launch({
  executablePath: process.env.EMTIHAN_CHROMIUM ?? '/usr/bin/chromium',
  args: QUIET,
});

/** Creates a browser context whose interface is in a language; English unless a test asks for another. */
export async function visitor(browser, demo, { lang, ...options } = {}) {
  const context = await browser.newContext({ baseURL: demo.url, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  await speak(context, demo, lang);
  return context;
}

/** Sets the language cookie of a context, as the language links of a page do. */
export const speak = (context, demo, lang = 'en') => context.addCookies([{ name: 'lang', value: lang, url: demo.url }]);

/** Signs a context in without opening a page; tests of signing in use the sign-in page itself. */
export async function signIn(context, demo, username) {
  const door = await (await context.request.get('/sign-in')).text();
  const csrf = /name="csrf" value="([^"]+)"/u.exec(door)[1];
  const answer = await context.request.post('/sign-in', {
    headers: { origin: demo.url },
    form: { csrf, username, password: PASSWORD, next: '/' },
    maxRedirects: 0,
  });
  if (answer.status() !== 303) throw new Error(`${username} cannot sign in: ${answer.status()}`);
}
