// What every journey begins with: a university, a browser, and people who open pages. At the end nothing may have gone wrong
// behind the scenes: a script that fails or a rule of the content policy that is broken fails the whole file.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openBrowser, signIn, speak, visitor } from './browser.mjs';
import { startDemo } from './demo.mjs';

/** `start` starts the university, with the other options: the demo unless a test says otherwise. */
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
     * A context of somebody who is signed in. A session serves all contexts of its person, because checking a password is
     * made slow on purpose; `own` asks for one that may be ended.
     */
    async person(username, { own = false, ...wishes } = {}) {
      const context = watched(await visitor(here.browser, here.demo, wishes));
      if (own || !sessions.has(username)) {
        await signIn(context, here.demo, username);
        if (!own) sessions.set(username, await context.cookies());
      } else {
        await context.addCookies(sessions.get(username));
      }
      // Signing in brings the person's own language; the test's counts.
      await speak(context, here.demo, wishes.lang);
      return context;
    },
    /** A page of somebody who is signed in. */
    async page(username, wishes) { return (await here.person(username, wishes)).newPage(); },
    /** A context of nobody in particular. */
    async visitor(wishes) { return watched(await visitor(here.browser, here.demo, wishes)); },
    /** Another demo in the same file, for what cannot be undone. */
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
