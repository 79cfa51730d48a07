// The browser, and people sitting at it.
import { chromium } from 'playwright-core';
import { PASSWORD } from './demo.mjs';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** One browser for a test file. */
export const openBrowser = () => chromium.launch({
  executablePath: process.env.EMTIHAN_CHROMIUM ?? '/usr/bin/chromium',
  args: QUIET,
});

/** A browser context in a language; the interface is in no other unless a test says so. */
export async function visitor(browser, demo, { lang, ...options } = {}) {
  const context = await browser.newContext({ baseURL: demo.url, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  await speak(context, demo, lang);
  return context;
}

/** Sets the language as the links in the header do, without a page. */
export const speak = (context, demo, lang = 'en') => context.addCookies([{ name: 'lang', value: lang, url: demo.url }]);

/** Signs in without a page: the journeys about signing in use the page itself. */
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
