// Locators of elements that journeys use, found as a reader finds them: by role, label, name and value.
import assert from 'node:assert/strict';
import { en } from './words.mjs';

/** Returns a pattern for a name that begins with this text as whole words; `\b` does not know Cyrillic. */
export const startingWith = text => new RegExp(`^${text.replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&')}(?!\\p{L})`, 'u');

/** The part of the list of groups that belongs to one discipline. */
export const block = (page, discipline) => page.locator('tbody').filter({ has: page.getByText(discipline, { exact: true }) });

/** The line of a group in the list of groups. */
export const line = (page, discipline, group) => block(page, discipline).locator('tr').filter({ has: page.getByRole('link', { name: group, exact: true }) });

/** Returns the id of a group's offering. */
export async function offeringId(page, discipline, group) {
  const href = await line(page, discipline, group).getByRole('link', { name: group, exact: true }).getAttribute('href');
  return href.split('/').at(-1);
}

/** The radio button of a catalogue row in the choice form. */
export const rule = (page, id) => page.locator(`input[type=radio][name=rule][value="${id}"]`);

/** Selects a catalogue row of the choice form. The list is folded while another row is selected. */
export async function pickRow(page, id) {
  if (!await rule(page, id).isVisible()) await page.locator('#rule .fold > summary').click();
  await rule(page, id).click();
}

/** One of the three fields of the choice form: `platform`, `form` or `type`. */
export const examField = (page, axis) => page.locator(`select[name="${axis}"]`);

/** The values of the three fields of the choice form: platform, form, type. */
export const examFields = page => page.locator('[data-narrow] select').evaluateAll(all => all.map(one => one.value));

/** The field for additional information of a catalogue row. */
export const info = (page, id) => page.locator(`#i-${id}`);

/** The check box of a suggested value of the additional information of a row that can name several. */
export const suggestion = (page, id, value) => page.locator(`input[name="info_${id}"][value="${value}"]`);

/** The radio buttons of the programme documents in the choice form. */
export const documents = page => page.locator('input[type=radio][name^="doc_"]');

/** The button with exactly this text. */
export const button = (scope, name) => scope.getByRole('button', { name, exact: true });

/** The button whose visible text is followed by a hidden part that distinguishes it from similar buttons. */
export const buttonOf = (scope, name) => scope.getByRole('button', { name: startingWith(name) });

/** Sends a choice, a second time if the form asks to look at the programme first. */
export async function sendChoice(page, w = en) {
  await button(page, w('send')).click();
  if (await page.locator('#look').isVisible()) await button(page, w('send')).click();
}

/** The card of a group in the review queue. */
export const card = (page, label) => page.getByRole('article', { name: label, exact: true });

/** Opens a page and checks its status. */
export async function visit(page, path, status = 200) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), status, `${path} answers`);
  return answer;
}

/** Carries out an act that sends a form, and returns the status of the response. */
export async function answerTo(page, deed, path) {
  const [answer] = await Promise.all([
    page.waitForResponse(response => response.request().method() === 'POST' && new URL(response.url()).pathname === path),
    deed(),
  ]);
  return answer.status();
}

/** Waits until a group's line shows a state. */
export async function expectState(page, discipline, group, state, w = en) {
  await line(page, discipline, group).locator('.chip').getByText(w(`stage-${state}`), { exact: true }).first().waitFor();
}

/** Signs out through the menu of the signed-in person. */
export async function signOut(page, w = en) {
  await page.locator('details.menu > summary').click();
  await button(page.locator('details.menu'), w('sign-out')).click();
}
