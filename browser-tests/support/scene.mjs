// What every journey begins with: a demo, a browser, and people who open pages. At the end nothing may have gone wrong
// behind the scenes: a script that fails or a rule of the content policy that is broken fails the whole file.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openBrowser, person, visitor } from './browser.mjs';
import { startDemo } from './demo.mjs';

export function scene(options) {
  const complaints = [];
  const watched = context => {
    context.on('weberror', error => complaints.push(String(error.error())));
    context.on('console', message => {
      if (/content security policy/iu.test(message.text())) complaints.push(message.text());
    });
    return context;
  };
  const here = {
    complaints,
    /** A context of somebody who is signed in. */
    async person(username, wishes) { return watched(await person(here.browser, here.demo, username, wishes)); },
    /** A page of somebody who is signed in. */
    async page(username, wishes) { return (await here.person(username, wishes)).newPage(); },
    /** A context of nobody in particular. */
    async visitor(wishes) { return watched(await visitor(here.browser, here.demo, wishes)); },
    /** Another demo in the same file, for what cannot be undone. */
    async afresh() {
      await here.demo.stop();
      here.demo = await startDemo(options);
    },
  };
  before(async () => { [here.demo, here.browser] = await Promise.all([startDemo(options), openBrowser()]); });
  after(async () => {
    await here.browser?.close();
    await here.demo?.stop();
    assert.deepEqual(complaints, [], 'scripts fail or the content policy is broken');
  });
  return here;
}
