// Requests a page as it is transferred: compressed, with its headers.
import { get } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';

/** Requests an address with the cookies of a context; `bytes` is the size of the compressed body. */
export async function asServed(context, url) {
  const cookie = (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { cookie, 'accept-encoding': 'br', accept: 'text/html' } }, response => {
      const parts = [];
      response.on('data', part => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(parts);
        const encoding = response.headers['content-encoding'];
        const text = () => (encoding === 'br' ? brotliDecompressSync(body) : body).toString('utf8');
        resolve({ status: response.statusCode, headers: response.headers, encoding, bytes: body.length, text });
      });
    });
    request.on('error', reject);
  });
}
