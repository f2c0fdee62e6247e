// Talks to the service. A transfer is asked for under one key until its answer is known.

const TIMEOUT = 8000;

export async function get(path) {
  const answer = await fetch(path, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT) });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer.json();
}

/** Every account, up to a number that a list can still show. */
export async function accounts() {
  const all = [];
  for (let page = 0; page !== null && all.length < 500; ) {
    const part = await get(`/api/accounts?size=100&page=${page}`);
    all.push(...part.items);
    page = part.next;
  }
  return all;
}

/** A version 7 UUID: its first 48 bits are the time, by which the receiver knows how old a key is. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Asks once. The result is {transfer}, {problem}, or {unknown} when nobody can tell from this answer whether the money
 * moved: then the same order is asked for again under the same key.
 */
export async function order(pending) {
  try {
    const answer = await fetch('/api/transfers', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${pending.key}"` },
      body: pending.body,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.status === 409 || answer.status === 429 || answer.status >= 500) {
      return { unknown: true };
    }
    const body = await answer.json();
    return answer.ok ? { transfer: body } : { problem: body };
  } catch {
    return { unknown: true };
  }
}
