// The places that journeys visit, found as a reader finds them: by role, label, name and value.
import assert from 'node:assert/strict';
import { en } from './words.mjs';

/** A pattern for a name that begins with this text, as a whole word: `\b` knows no Cyrillic. */
export const startingWith = text => new RegExp(`^${text.replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&')}(?!\\p{L})`, 'u');

/** The table body of one discipline in the list of groups. */
export const block = (page, discipline) => page.locator('tbody').filter({ has: page.getByText(discipline, { exact: true }) });

/** One group's line in it. */
export const line = (page, discipline, group) => block(page, discipline).locator('tr').filter({ has: page.getByRole('link', { name: group, exact: true }) });

/** The id of a group's offering. */
export async function offeringId(page, discipline, group) {
  const href = await line(page, discipline, group).getByRole('link', { name: group, exact: true }).getAttribute('href');
  return href.split('/').at(-1);
}

/** A row of the rule table in the form. */
export const rule = (page, id) => page.locator(`input[type=radio][name=rule][value="${id}"]`);

/** The additional-information field of a row. */
export const info = (page, id) => page.locator(`input[name="info_${id}"]`);

/** The programme documents in the form. */
export const documents = page => page.locator('input[type=radio][name^="doc_"]');

/** A button by its whole text. */
export const button = (scope, name) => scope.getByRole('button', { name, exact: true });

/** A button whose text a hidden part continues: which of the many alike it is. */
export const buttonOf = (scope, name) => scope.getByRole('button', { name: startingWith(name) });

/** The card of a group in the review queue. */
export const card = (page, label) => page.getByRole('article', { name: label, exact: true });

/** Goes to a page and expects it to be there. */
export async function visit(page, path, status = 200) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), status, `${path} answers`);
  return answer;
}

/** Does something that loads a page, and gives the answer's status. */
export async function answerTo(page, deed, path) {
  const [answer] = await Promise.all([
    page.waitForResponse(response => response.request().method() === 'POST' && new URL(response.url()).pathname === path),
    deed(),
  ]);
  return answer.status();
}

/** Expects a group's line to be in a state. */
export async function expectState(page, discipline, group, state, w = en) {
  await line(page, discipline, group).locator('.chip').getByText(w(`stage-${state}`), { exact: true }).first().waitFor();
}
