// Records the film of the catalogue's instructions, catalogue/media/guide.webm, and writes its captions. Usage:
//
//   EMTIHAN_BIN=target/release/emtihan EMTIHAN_CHROMIUM=/usr/bin/chromium node browser-tests/recording/record.mjs
//
// It needs ffmpeg with libvpx-vp9 in the PATH, or in EMTIHAN_FFMPEG; EMTIHAN_MEDIA names another folder for the output.
// The film shows the real program with a new demo; only the mouse pointer is drawn, because screenshots do not contain
// it. Each frame is a screenshot that is taken when the page is ready, so the film's speed does not depend on the
// machine, and the captions fit to the frame. The program must be built again afterwards, because it embeds the
// catalogue with the film.
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rowOf } from '../support/catalogue.mjs';
import { openBrowser, visitor } from '../support/browser.mjs';
import { PASSWORD, startDemo } from '../support/demo.mjs';
import { block, button, documents, info, rule } from '../support/screen.mjs';
import { words } from '../support/words.mjs';
import { CAPTIONS, LANGUAGES, readingTime, vtt } from './captions.mjs';

const MEDIA = process.env.EMTIHAN_MEDIA ?? fileURLToPath(new URL('../../catalogue/media/', import.meta.url));
const FPS = 10;
// The narrowest window with the instructions beside the form; at 1.25 device pixels it is 1280×720 with the largest
// letters.
const WINDOW = { viewport: { width: 1024, height: 576 }, deviceScaleFactor: 1.25, colorScheme: 'light', bypassCSP: true };
const MAX_BYTES = 3 * 1024 * 1024;
const kk = words('kk');
const ORAL = rowOf('univer-oral');

/** Draws the mouse pointer as a popover, because the open list of a select box covers everything else. */
function drawPointer() {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="88" height="88" viewBox="-44 -44 88 88">'
    + '<circle id="ring" r="20" fill="#ffd23f" fill-opacity=".45" stroke="#7a4b00" stroke-width="2.5" visibility="hidden"/>'
    + '<path d="M0 0v27l6.5-6 4.5 10.5 5-2.2-4.6-10.2h9z" fill="#111" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>';
  const pointer = document.createElement('div');
  pointer.popover = 'manual';
  pointer.setAttribute('aria-hidden', 'true');
  pointer.innerHTML = svg;
  pointer.style.cssText = 'position:fixed;inset:0 auto auto 0;width:88px;height:88px;margin:0;padding:0;border:0;background:none;overflow:visible;pointer-events:none';
  window.movePointer = (x, y, pressed) => {
    if (!pointer.isConnected) document.documentElement.append(pointer);
    // A popover that is shown again covers everything that was opened meanwhile.
    pointer.hidePopover();
    pointer.showPopover();
    pointer.style.transform = `translate(${x - 44}px,${y - 44}px)`;
    pointer.querySelector('#ring').setAttribute('visibility', pressed ? 'visible' : 'hidden');
  };
}

// The browser draws the open list of a select box outside of the page, where screenshots do not see it. This style
// makes the page draw it.
const openList = id => `#${id},#${id}::picker(select){appearance:base-select}
  #${id} option{padding:.3rem .75rem}#${id} option::checkmark{display:none}#${id} option:hover{background:#0b5cad;color:#fff}
  #${id}::picker(select){background:#fff;color:#16202b;border:1px solid #76828f;border-radius:.5rem;padding:.25rem 0;font-size:1rem}`;

const ease = t => (t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2);
const sleep = ms => new Promise(resolve => { setTimeout(resolve, ms); });

/** Records a film: controls the page's mouse and keyboard, and takes a screenshot for each frame. */
class Film {
  frames = 0;
  marks = [];
  at = { x: 640, y: 480 };

  constructor(page, encoder) { Object.assign(this, { page, encoder }); }

  static async begin(page, file) {
    await page.addInitScript(drawPointer);
    return new Film(page, new Encoder(file));
  }

  get seconds() { return this.frames / FPS; }

  /** Adds the current page to the film for a number of frames. */
  async shoot(frames = 1, pressed = false) {
    await this.page.evaluate(([x, y, down]) => window.movePointer(x, y, down), [this.at.x, this.at.y, pressed]);
    const frame = await this.page.screenshot({ caret: 'initial', animations: 'allow' });
    for (let n = 0; n < frames; n += 1) await this.encoder.add(frame);
    this.frames += frames;
  }

  /** Adds a pause of some seconds. The page gets a moment of real time to load what is missing. */
  async rest(seconds) {
    await sleep(250);
    await this.shoot(Math.max(1, Math.round(seconds * FPS)));
  }

  /** Begins the next caption, after the time that is needed to read the previous one. */
  async say(id) {
    await this.readOut();
    if (!(id in CAPTIONS)) throw new Error(`no caption ${id}`);
    this.marks.push({ id, at: this.seconds });
  }

  async readOut() {
    const last = this.marks.at(-1);
    const missing = last ? last.at + readingTime(last.id) - this.seconds : 0;
    if (missing > 0) await this.rest(missing);
  }

  /** Moves the pointer onto an element, or beside it: `side` is the position in its box, from 0 to 1. */
  async point(target, { side = [0.5, 0.55] } = {}) {
    await this.show(target);
    const box = await target.boundingBox();
    const from = this.at;
    const to = { x: box.x + box.width * side[0], y: box.y + box.height * side[1] };
    const way = Math.hypot(to.x - from.x, to.y - from.y);
    const steps = way < 2 ? 0 : Math.round(FPS * Math.min(1.3, 0.5 + way / 700));
    for (let step = 1; step <= steps; step += 1) {
      const t = ease(step / steps);
      this.at = { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
      await this.page.mouse.move(this.at.x, this.at.y);
      await this.shoot();
    }
  }

  /** Moves the pointer to an element, pauses so that viewers see it, and presses the mouse button. */
  async press(target, options) {
    await this.point(target, options);
    await this.rest(0.5);
    await this.shoot(3, true);
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  /** Presses a link or button that opens another page. */
  async follow(target, url) {
    await this.press(target);
    await this.page.waitForURL(url);
    await this.page.waitForLoadState('load');
    await sleep(300);
  }

  async write(target, text) {
    await this.press(target);
    await this.rest(0.25);
    for (const letter of text) {
      await this.page.keyboard.type(letter);
      await this.shoot(2);
    }
    await this.rest(0.3);
  }

  /** Opens the list of a select box and selects one of its options. */
  async pick(id, name) {
    const select = this.page.locator(`#${id}`);
    const style = await this.page.addStyleTag({ content: openList(id) });
    await this.press(select);
    await this.rest(1);
    await this.point(select.locator('option').filter({ hasText: name }), { side: [0.3, 0.55] });
    await this.rest(0.6);
    await this.shoot(3, true);
    await this.page.mouse.down();
    await this.page.mouse.up();
    await style.evaluate(one => one.remove());
  }

  /** Scrolls smoothly until the upper edge of an element is `top` pixels below that of the window. */
  async scroll(target, top = 24) {
    const [from, to] = await target.evaluate((one, above) => {
      const furthest = document.documentElement.scrollHeight - innerHeight;
      return [scrollY, Math.min(furthest, Math.max(0, scrollY + one.getBoundingClientRect().top - above))];
    }, top);
    if (Math.abs(to - from) < 4) return;
    const steps = Math.round(FPS * Math.min(1.8, 0.6 + Math.abs(to - from) / 600));
    for (let step = 1; step <= steps; step += 1) {
      // Four pixels of the page are five of the picture; at half a pixel, content behind the bar at the bottom would be
      // visible.
      await this.page.evaluate(y => scrollTo(0, 4 * Math.floor(y / 4)), from + (to - from) * ease(step / steps));
      await this.shoot();
    }
  }

  /** Scrolls the page if an element is out of sight. */
  async show(target) {
    const box = await target.boundingBox();
    if (box.y < 0 || box.y + Math.min(box.height, 100) > WINDOW.viewport.height - 8) await this.scroll(target, 180);
  }

  async end() {
    await this.readOut();
    await this.rest(1);
    await this.encoder.end();
  }
}

/** Runs ffmpeg, which encodes one screenshot after the other. */
class Encoder {
  constructor(file) {
    const pictures = ['-f', 'image2pipe', '-framerate', `${FPS}`, '-c:v', 'png', '-i', '-'];
    const quality = ['-c:v', 'libvpx-vp9', '-crf', '40', '-b:v', '0', '-pix_fmt', 'yuv420p', '-tune-content', 'screen'];
    // A key frame every twenty seconds makes the film seekable; the file contains no metadata about its author or date.
    const rest = ['-g', `${20 * FPS}`, '-deadline', 'good', '-cpu-used', '1', '-row-mt', '1', '-an', '-map_metadata', '-1'];
    this.child = spawn(process.env.EMTIHAN_FFMPEG ?? 'ffmpeg', ['-v', 'error', '-y', ...pictures, ...quality, ...rest, file], { stdio: ['pipe', 'inherit', 'inherit'] });
    this.over = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('exit', code => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`))));
    });
  }

  async add(frame) {
    if (!this.child.stdin.write(frame)) await new Promise(resolve => { this.child.stdin.once('drain', resolve); });
  }

  async end() {
    this.child.stdin.end();
    await this.over;
  }
}

async function signIn(film, username, start) {
  const { page } = film;
  await film.write(page.getByLabel(kk('username'), { exact: true }), username);
  await film.write(page.getByLabel(kk('password'), { exact: true }), PASSWORD);
  await film.follow(button(page, kk('sign-in')), start);
}

async function choose(film) {
  const { page } = film;
  await film.say('list');
  await film.rest(2.5);
  await film.press(page.locator('details.guide > summary'), { side: [0.3, 0.6] });
  await film.rest(1.5);
  await film.scroll(page.locator('table'), 24);
  await film.rest(1.5);
  await film.say('all-groups');
  const all = block(page, 'PYT1104').locator('a[href*="discipline="]');
  await film.point(all);
  await film.readOut();
  await film.follow(all, /\/choose/u);
  await film.rest(1);
  await film.say('narrow');
  await film.scroll(page.locator('[data-narrow]'), 50);
  await film.rest(1.5);
  await film.pick('n-form', ORAL.names.form.kk);
  await rule(page, ORAL.id).and(page.locator(':checked')).waitFor();
  await film.rest(0.5);
  await film.say('one-left');
  await film.point(page.locator(`label[for="r-${ORAL.id}"]`), { side: [0.6, 0.6] });
  await film.rest(1);
}

async function fill(film) {
  const { page } = film;
  await film.say('info');
  await film.write(info(page, ORAL.id), 'MS Teams');
  await film.say('beside');
  await film.scroll(page.locator('#guide'), 30);
  await film.point(page.locator('#guide h2'), { side: [0.8, 0.8] });
  await film.rest(1);
  await film.say('programme');
  await film.scroll(documents(page).first(), 190);
  await film.point(documents(page).first().locator('~ label'), { side: [0.6, 0.7] });
  await film.rest(1);
  await film.say('send');
  const send = button(page.locator('.bar'), kk('send'));
  await film.point(send);
  await film.readOut();
  await film.follow(send, /\/groups/u);
}

async function seeSent(film) {
  const { page } = film;
  const python = block(page, 'PYT1104');
  await film.say('sent');
  await film.rest(2);
  await film.scroll(python, 120);
  await film.point(python.getByText(kk('stage-in-review'), { exact: true }).first(), { side: [1.12, 1.1] });
  await film.rest(1.5);
}

async function review(film) {
  const { page } = film;
  await film.rest(2.5);
  const clean = page.locator('section').filter({ has: page.getByRole('heading', { name: kk('queue-clean') }) });
  await film.say('clean');
  await film.scroll(clean, 30);
  await film.rest(3);
  const card = page.getByRole('article').filter({ hasText: 'CS-25-1' });
  await film.say('approve');
  await film.scroll(card, 60);
  await film.rest(3);
  await film.press(card.locator('[data-act=approve]'));
  await page.locator('.done').first().waitFor();
  await film.rest(0.5);
  await film.say('undo');
  await film.scroll(page.locator('.done').first(), 160);
  await film.point(button(page.locator('.done').first(), kk('undo')));
}

async function play(film) {
  const { page } = film;
  await page.goto('/sign-in');
  await film.say('sign-in');
  await film.rest(1.5);
  await signIn(film, 'instructor', /\/groups/u);
  await choose(film);
  await fill(film);
  await seeSent(film);
  await film.say('queue');
  await film.press(page.locator('details.menu > summary'));
  await film.follow(button(page, kk('sign-out')), /\/sign-in/u);
  await film.rest(0.5);
  await signIn(film, 'head', /\/queue/u);
  await review(film);
  await film.end();
}

/** Replaces the old film only after the new one is complete. */
async function keep(film, file) {
  const { size } = await stat(file);
  if (size > MAX_BYTES) throw new Error(`the film has ${size} bytes, more than ${MAX_BYTES}`);
  await mkdir(MEDIA, { recursive: true });
  await copyFile(file, join(MEDIA, 'guide.webm'));
  for (const lang of LANGUAGES) await writeFile(join(MEDIA, `guide.${lang}.vtt`), vtt(lang, film.marks, film.seconds));
  console.log(`${film.seconds.toFixed(1)} s, ${size} bytes, ${film.marks.length} captions`);
  for (const { id, at } of film.marks) console.log(`${at.toFixed(1).padStart(6)}  ${id}`);
}

const folder = await mkdtemp(join(tmpdir(), 'emtihan-film-'));
const demo = await startDemo();
const browser = await openBrowser();
try {
  const context = await visitor(browser, demo, { lang: 'kk', ...WINDOW });
  const file = join(folder, 'guide.webm');
  const film = await Film.begin(await context.newPage(), file);
  await play(film);
  await keep(film, file);
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
}
