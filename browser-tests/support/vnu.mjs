// Runs the Nu Html Checker on saved pages.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const JAR = fileURLToPath(new URL('../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
// The checker does not know cross-document view transitions yet; browsers without them ignore the rule.
const TOO_NEW = /view-transition/u;

/** Returns the reason why the checker cannot run on this machine; undefined if it can. */
export function missing() {
  if (!existsSync(JAR)) return 'vnu.jar is not there: run npm ci';
  if (spawnSync('java', ['-version']).error) return 'there is no java: install default-jre-headless';
  return undefined;
}

/** Returns the errors in these files, one line each. */
export async function errors(files) {
  const child = spawn('java', ['-jar', JAR, '--errors-only', '--also-check-css', '--format', 'json', ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', bytes => { said += bytes; });
  await new Promise((resolve, reject) => { child.once('exit', resolve); child.once('error', reject); });
  return JSON.parse(said).messages
    .filter(({ message }) => !TOO_NEW.test(message))
    .map(({ url, lastLine, message, extract }) => `${url.split('/').at(-1)}:${lastLine}: ${message} ${extract ?? ''}`);
}
