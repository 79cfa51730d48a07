// Size budgets and security headers: no page has inline scripts or styles, and none loads anything from other servers.
// Measured 2026-11-23, bytes as served, largest of the three languages: app.css 3 940, app.js 3 403, groups 4 628,
// form 6 687 (8 261 for all seven groups at once), queue 5 962, other pages 3 626 (help); first visit 11 198 in 4
// requests.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startEmpty } from '../support/demo.mjs';
import { PLACES } from '../support/places.mjs';
import { scene } from '../support/scene.mjs';
import { LANGUAGES } from '../support/words.mjs';
import { asServed } from '../support/wire.mjs';

const here = scene();
const LIST = 15_000;
const FORM = 8_000;
// The choice form for seven groups of five disciplines with their dossiers exceeds the budget of an ordinary form.
const LARGE_FORM = 10_000;
const QUEUE = 8_000;
const ORDINARY = 5_000;
// The sign-in page of a real installation with style sheet, script and icon: four bodies as served.
const FIRST_VISIT = 10_000;
// The same in the demo, whose page lists its people, with the headers of requests and responses.
const FIRST_VISIT_WITH_HEADERS = 12_500;

const ask = (context, path) => asServed(context, here.demo.url + path);
const links = (answer, pattern) => [...new Set([...answer.text().matchAll(pattern)].map(([, href]) => href.replaceAll('&#38;', '&')))];
const FORMS = /href="(\/choose\?[^"]+)"/gu;
const OFFERINGS = /href="(\/offerings\/[^"]+)"/gu;

/** Requests pages, checks each against a limit in bytes, and reports the largest one. */
async function weigh(t, context, paths, most) {
  let heaviest = { bytes: 0 };
  for (const path of paths) {
    const { status, encoding, bytes } = await ask(context, path);
    assert.equal(status, 200, path);
    assert.equal(encoding, 'br', path);
    assert.ok(bytes <= most, `${path} has ${bytes} of ${most} bytes`);
    if (bytes > heaviest.bytes) heaviest = { path, bytes };
  }
  t.diagnostic(`${heaviest.bytes} of ${most} B: ${heaviest.path}`);
}

for (const lang of LANGUAGES) {
  test(`pages are small, in ${lang}`, async t => {
    const instructor = await here.person('instructor', { lang });
    const groups = await ask(instructor, '/groups');
    const [forms, offerings] = [links(groups, FORMS), links(groups, OFFERINGS)];
    assert.ok(forms.length > 5 && offerings.length > 5);
    await weigh(t, instructor, ['/groups'], LIST);
    await weigh(t, instructor, forms, FORM);
    const all = forms.filter(path => path.includes('o=')).map(path => path.split('?')[1]).join('&');
    await weigh(t, instructor, [`/choose?${all}`], LARGE_FORM);
    await weigh(t, instructor, [...offerings, '/dossier', '/catalogue/current', '/help', '/help/moodle', '/help/univer-oral', '/help/moodle-mix2'], ORDINARY);
    for (const who of ['head', 'deputy']) await weigh(t, await here.person(who, { lang }), ['/queue'], QUEUE);
    const registrar = await here.person('registrar', { lang });
    await weigh(t, registrar, ['/progress'], ORDINARY);
    await weigh(t, registrar, ['/progress?state=approved', '/progress?q=CS'], LIST);
    await weigh(t, await here.person('student', { lang }), ['/exams'], ORDINARY);
    await weigh(t, await here.visitor({ lang }), ['/sign-in'], ORDINARY);
  });
}

test('the style sheet and the script are small, and are cached for a year', async t => {
  const visitor = await here.visitor();
  const door = await ask(visitor, '/sign-in');
  const assets = links(door, /"(\/assets\/[^"]+)"/gu);
  assert.deepEqual(assets.map(path => path.replace(/^.*\/(\w+)-[0-9a-f]{10}\.(\w+)$/u, '$1.$2')).sort(), ['app.css', 'app.js', 'icon.svg']);
  const most = { css: 6_000, js: 5_000, svg: 500 };
  for (const path of assets) {
    const { status, headers, encoding, bytes } = await ask(visitor, path);
    const ending = path.split('.').at(-1);
    assert.equal(status, 200);
    assert.equal(encoding, 'br');
    assert.ok(bytes <= most[ending], `${path} has ${bytes} of ${most[ending]} bytes`);
    t.diagnostic(`${bytes} of ${most[ending]} B: ${path}`);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.match(headers.vary, /accept-encoding/iu);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
  const [figures] = links(await ask(await here.person('registrar'), '/progress'), /"(\/assets\/progress[^"]+)"/gu);
  const { bytes } = await ask(visitor, figures);
  assert.ok(bytes <= 800, `${figures} has ${bytes} of 800 bytes`);
  const gone = await ask(visitor, '/assets/app-0000000000.css');
  assert.equal(gone.status, 404);
  assert.doesNotMatch(gone.headers['cache-control'], /immutable|public/u, 'what is not there may come');
});

/** Returns every resource that a page fetches while it opens, with its bytes on the wire, headers included. */
async function fetched(page, path) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const seen = new Map();
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => seen.set(requestId, { url: request.url, bytes: 0 }));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (seen.has(requestId)) seen.get(requestId).bytes = encodedDataLength; });
  await page.goto(path, { waitUntil: 'networkidle' });
  await wire.detach();
  return [...seen.values()];
}

test('the first visit takes four requests, the next page one', async t => {
  const page = await (await here.visitor()).newPage();
  const first = await fetched(page, '/sign-in');
  // A headless browser does not fetch the icon; a browser with a window does.
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  if (!first.some(({ url }) => url.endsWith(icon))) first.push({ url: icon, bytes: (await ask(page.context(), icon)).bytes + 500 });
  const bytes = first.reduce((sum, one) => sum + one.bytes, 0);
  t.diagnostic(`first visit: ${first.length} requests, ${bytes} B`);
  assert.ok(first.length <= 4, first.map(({ url }) => url).join('\n'));
  assert.ok(bytes <= FIRST_VISIT_WITH_HEADERS, `${bytes} bytes`);
  const next = (await fetched(page, '/sign-in?next=%2Frules')).filter(one => one.bytes > 0);
  assert.deepEqual(next.map(({ url }) => new URL(url).pathname), ['/sign-in'], 'everything else is there already');
});

describe('a real installation', () => {
  const installation = scene({ start: startEmpty });

  test('its sign-in page is small with everything that it fetches', async t => {
    const visitor = await installation.visitor();
    const fetch = path => asServed(visitor, installation.demo.url + path);
    const page = await fetch('/sign-in');
    const paths = links(page, /"(\/assets\/[^"]+)"/gu);
    const answers = [page, ...await Promise.all(paths.map(fetch))];
    const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0);
    t.diagnostic(`${answers.length} requests, ${bytes} of ${FIRST_VISIT} B`);
    assert.equal(answers.length, 4);
    assert.ok(bytes <= FIRST_VISIT, `${bytes} bytes`);
    assert.match(page.text(), /<meta name="description" content="[^"]{20,}">/u, 'for search engines');
  });
});

test('the choice form has at most 600 elements', async t => {
  const page = await here.page('instructor', { lang: 'kk' });
  const [all] = links(await ask(page.context(), '/groups'), /href="(\/choose\?discipline=[^"]+)"/gu);
  await page.goto(all);
  const count = await page.locator('*').count();
  t.diagnostic(`${count} of 600 elements`);
  assert.ok(count <= 600, `${count} elements`);
});

/** Parses the content security policy into a map from directive to allowed sources. */
const policyOf = headers => Object.fromEntries(headers['content-security-policy'].split(';').map(part => part.trim().split(/\s+/u)).map(([name, ...allowed]) => [name, allowed.join(' ')]));

test('every kind of response has the security headers', async () => {
  const person = await here.person('instructor');
  const answers = [];
  for (const path of ['/groups', '/', '/nothing', '/offerings/none', '/healthz', '/sign-in', '/groups?lang=kk']) answers.push([path, await ask(person, path)]);
  const foreign = await person.request.post('/choices', { headers: { origin: 'https://elsewhere.example' }, form: { csrf: 'guess' } });
  assert.equal(foreign.status(), 403);
  answers.push(['a form from elsewhere', { headers: foreign.headers() }]);
  for (const [path, { headers }] of answers) {
    const policy = policyOf(headers);
    assert.equal(policy['default-src'], "'none'", path);
    for (const [directive, allowed] of Object.entries(policy)) assert.match(allowed, /^(?:'self'|'none')$/u, `${path}: ${directive} ${allowed}`);
    for (const directive of ['base-uri', 'frame-ancestors']) assert.equal(policy[directive], "'none'", path);
    assert.equal(policy['form-action'], "'self'", path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['referrer-policy'], 'same-origin', path);
    assert.equal(headers['cache-control'], 'no-store', `${path}: nobody reads it after signing out`);
  }
});

/** Returns elements that the content security policy would block or that refer to other servers. */
const foreignBodies = page => page.evaluate(origin => {
  const found = [];
  const name = one => one.outerHTML.slice(0, 100);
  for (const one of document.querySelectorAll('style, script:not([src]), iframe:not(.paper[src^="/documents/"]), object, embed, base, meta[http-equiv]')) found.push(name(one));
  for (const one of document.querySelectorAll('*')) {
    for (const { name: attribute, value } of one.attributes) {
      if (attribute === 'style' || attribute.startsWith('on') || /^\s*(?:javascript|data):/iu.test(value)) found.push(`${attribute}: ${name(one)}`);
      if (['src', 'srcset', 'poster', 'action', 'formaction'].includes(attribute) && new URL(value, document.baseURI).origin !== origin) found.push(`${attribute}: ${name(one)}`);
    }
  }
  for (const link of document.querySelectorAll('link[href]')) if (new URL(link.href).origin !== origin) found.push(name(link));
  return found;
}, here.demo.url);

test('no page has inline scripts or styles, and none loads anything from another server', async t => {
  const contexts = new Map();
  const strangers = new Set();
  for (const { name, who, open } of PLACES) {
    await t.test(name, async () => {
      if (!contexts.has(who)) {
        const context = await (who ? here.person(who) : here.visitor());
        // Requests of the browser's own PDF viewer are not counted.
        context.on('request', request => { if (/^(?:https?|wss?):/u.test(request.url()) && new URL(request.url()).origin !== here.demo.url) strangers.add(request.url()); });
        contexts.set(who, context);
      }
      const page = await contexts.get(who).newPage();
      await open(page, 'en');
      assert.deepEqual(await foreignBodies(page), []);
      await page.close();
    });
  }
  assert.deepEqual([...strangers], []);
});
