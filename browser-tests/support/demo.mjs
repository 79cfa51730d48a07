// A demo university of its own for a test file: a new folder, a free port, and the program that serves it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of the program that is tested. */
export const BIN = process.env.EMTIHAN_BIN ?? fileURLToPath(new URL('../../target/release/emtihan', import.meta.url));
const PATIENCE_MS = 60_000;
/** The password of all people of the demo. */
export const PASSWORD = 'emtihan-demo';

/**
 * Starts a demo and stops it when the file's tests are over. `accounts` are people of the roster, in addition to the
 * demo's eight accounts, who must be able to sign in.
 */
export async function startDemo({ accounts = [] } = {}) {
  const parent = await mkdtemp(join(tmpdir(), 'emtihan-browser-'));
  const dir = join(parent, 'demo');
  const demo = listen => ['demo', '--listen', listen, '--data-dir', dir];
  let running = await serve(demo);
  if (accounts.length > 0) {
    // An account gets a password only after the folder is filled.
    await running.stop();
    for (const username of accounts) await setPassword(dir, username);
    running = await serve(demo);
  }
  return house(running, parent, dir);
}

/** Starts the program without any data. `setupKey` is the key that the setup page asks for, as the program prints it. */
export async function startEmpty() {
  const parent = await mkdtemp(join(tmpdir(), 'emtihan-browser-'));
  const dir = join(parent, 'data');
  const running = await serve(() => ['serve'], listen => ({ EMTIHAN_LISTEN: listen, ...settings(dir) }));
  return { ...house(running, parent, dir), setupKey: /key:\s+(\S+)/u.exec(running.said())[1] };
}

/** The environment variables with which a command uses this data. */
export const settings = dir => ({ EMTIHAN_DATA_DIR: dir, EMTIHAN_DATABASE_URL: join(dir, 'emtihan.db') });

function house(running, parent, dir) {
  return {
    url: running.url,
    dir,
    async stop() {
      await running.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

async function serve(command, environment = () => ({})) {
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const child = spawn(BIN, command(listen), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment(listen) } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', bytes => { said += bytes; });
  const ended = new Promise(resolve => { child.once('exit', resolve); child.once('error', error => { said += error; resolve(); }); });
  const forget = () => child.kill('SIGKILL');
  process.once('exit', forget);
  await ready(url, () => child.exitCode !== null || child.pid === undefined, () => said);
  return {
    url,
    said: () => said,
    async stop() {
      process.off('exit', forget);
      child.kill('SIGTERM');
      const timer = setTimeout(forget, 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function ready(url, isOver, said) {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && !isOver()) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(resolve => { setTimeout(resolve, 30); });
  }
  throw new Error(`the program does not answer; it said:\n${said()}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
  });
}

function setPassword(dir, username) {
  const env = { ...process.env, ...settings(dir) };
  return new Promise((resolve, reject) => {
    const child = spawn(BIN, ['user', 'set-password', username], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', bytes => { said += bytes; });
    child.once('error', reject);
    child.once('exit', code => (code === 0 ? resolve() : reject(new Error(`set-password ${username}: ${said}`))));
    child.stdin.end(`${PASSWORD}\n`);
  });
}
