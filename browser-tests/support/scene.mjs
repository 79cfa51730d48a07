// The scene of a journey: a university, a browser, and people who open pages. The whole test file fails if a script on
// a page fails or a page violates the content security policy.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openBrowser, signIn, speak, visitor } from './browser.mjs';
import { startDemo } from './demo.mjs';

/** Sets up a university, started by `start` with the other options (by default the demo), and a browser. */
export function scene({ start = startDemo, ...options } = {}) {
  const complaints = [];
  const watched = context => {
    context.on('weberror', error => complaints.push(String(error.error())));
    context.on('console', message => {
      if (/content security policy/iu.test(message.text())) complaints.push(message.text());
    });
    return context;
  };
  const sessions = new Map();
  const here = {
    /**
     * Returns a browser context in which a person is signed in. All contexts of a person share a session, because
     * checking a password is slow on purpose; with `own` the context gets a session that a test may end.
     */
    async person(username, { own = false, ...wishes } = {}) {
      const context = watched(await visitor(here.browser, here.demo, wishes));
      if (own || !sessions.has(username)) {
        await signIn(context, here.demo, username);
        if (!own) sessions.set(username, await context.cookies());
      } else {
        await context.addCookies(sessions.get(username));
      }
      // Signing in sets the person's own language; the test's language replaces it.
      await speak(context, here.demo, wishes.lang);
      return context;
    },
    /** Opens a page on which a person is signed in. */
    async page(username, wishes) { return (await here.person(username, wishes)).newPage(); },
    /** Returns a browser context of a visitor who is not signed in. */
    async visitor(wishes) { return watched(await visitor(here.browser, here.demo, wishes)); },
    /** Starts another demo in the same file, for tests whose changes cannot be undone. */
    async afresh() {
      await here.demo.stop();
      sessions.clear();
      here.demo = await start(options);
    },
  };
  before(async () => { [here.demo, here.browser] = await Promise.all([start(options), openBrowser()]); });
  after(async () => {
    await here.browser?.close();
    await here.demo?.stop();
    assert.deepEqual(complaints, [], 'scripts fail or the content policy is broken');
  });
  return here;
}
