import { accounts, get, newKey, order } from './api.js';
import { currentLanguage, speak, text } from './texts.js';
import { element, latest, money, progress, settled, targets } from './view.js';

const MEMO = 140;
const PENDING = 'nodoubt.pending';
const TRIES = 4;

const find = (id) => document.getElementById(id);
const form = find('send');
let busy = false;
const state = { accounts: [], transfers: [], targets: [], shown: null, answer: () => '', kind: '' };

/* ---- what is shown ---- */

function draw() {
  const t = text();
  document.documentElement.lang = currentLanguage();
  document.querySelectorAll('[data-text]').forEach((node) => { node.textContent = t[node.dataset.text]; });
  document.querySelectorAll('[data-language]').forEach((node) => {
    node.setAttribute('aria-pressed', String(node.dataset.language === currentLanguage()));
  });
  drawAccounts();
  drawCount();
  drawAnswer();
  drawLive();
}

function drawAccounts() {
  for (const [id, preferred] of [['from', 0], ['to', 1]]) {
    const select = find(id);
    const before = select.value;
    select.replaceChildren(...state.accounts.map((account) =>
      element('option', { value: account.id, textContent: `${account.id} · ${account.owner} · ${money(account.balance)}` })));
    select.value = state.accounts.some((a) => a.id === before) ? before : (state.accounts[preferred]?.id ?? '');
  }
}

function drawCount() {
  const length = [...find('memo').value].length;
  find('count').textContent = length > 0 ? `${length} / ${MEMO}` : '';
  find('count').classList.toggle('over', length > MEMO);
}

function drawAnswer() {
  find('answer').textContent = state.answer(text());
  find('answer').className = `answer ${state.kind}`;
  find('submit').disabled = busy || unanswered !== null;
  find('submit').textContent = busy ? text().sending : text().send;
  find('again').hidden = busy || unanswered === null;
}

/** Replaces an element's content only where it changed, so that focus and a reader's place are kept. */
function put(id, made) {
  const place = find(id);
  if (place.innerHTML === made.outerHTML) {
    return;
  }
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  place.replaceChildren(made);
  if (focused) {
    place.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }
}

function drawLive() {
  put('now', state.shown ? progress(state.shown) : element('p', { className: 'quiet', textContent: text().nowEmpty }));
  put('targets', targets(state.targets));
  put('latest', latest(state.transfers, state.shown?.id, show));
}

function say(kind, words) {
  state.kind = kind;
  state.answer = words;
  drawAnswer();
}

function show(transfer) {
  state.shown = transfer;
  drawLive();
}

/* ---- sending: one key a submission, kept until its answer is known ---- */

/** What was asked and not answered yet; survives a reload where the browser keeps it. */
let unanswered = stored();

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(PENDING));
  } catch {
    return null;
  }
}

function keep(submission) {
  unanswered = submission;
  try {
    submission ? sessionStorage.setItem(PENDING, JSON.stringify(submission)) : sessionStorage.removeItem(PENDING);
  } catch {
    // without storage the key still serves until the page is left
  }
}

function mistake(fields) {
  const t = text();
  if (!fields.from || !fields.to || fields.from === fields.to) {
    return state.accounts.length === 0 ? ['from', t.noAccounts] : ['to', t.chooseBoth];
  }
  if (!/^\d{1,15}(\.\d{1,2})?$/.test(fields.amount) || /^[0.]+$/.test(fields.amount)) {
    return ['amount', t.badAmount];
  }
  return [...fields.memo].length > MEMO ? ['memo', t.longMemo] : null;
}

async function submit(event) {
  event.preventDefault();
  if (busy || unanswered) {
    return; // the next order waits until it is known what became of this one
  }
  const fields = Object.fromEntries(new FormData(form));
  fields.amount = fields.amount.trim();
  const wrong = mistake(fields);
  form.querySelectorAll('[aria-invalid]').forEach((node) => node.removeAttribute('aria-invalid'));
  if (wrong) {
    find(wrong[0]).setAttribute('aria-invalid', 'true');
    find(wrong[0]).focus();
    say('bad', () => wrong[1]);
    return;
  }
  const body = JSON.stringify({ from: fields.from, to: fields.to, amount: fields.amount, memo: fields.memo });
  await ask({ key: newKey(), body });
}

async function ask(submission) {
  busy = true;
  keep(submission);
  say('', () => '');
  let result = await order(submission);
  for (let attempt = 2; result.unknown && attempt <= TRIES; attempt++) {
    say('doubt', (t) => t.retrying(attempt));
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** (attempt - 1)));
    result = await order(submission);
  }
  busy = false;
  if (result.unknown) {
    say('doubt', (t) => t.lost);
    return;
  }
  keep(null);
  result.transfer ? committed(result.transfer) : refused(result.problem);
}

function committed(transfer) {
  say('good', (t) => t.sent(transfer.id));
  find('amount').value = '';
  find('memo').value = '';
  drawCount();
  show(transfer);
  loadAccounts();
}

function refused(problem) {
  const type = String(problem.type ?? '').split(':').pop();
  say('bad', (t) => t.refused[type] ?? `${t.refusedOther} ${problem.detail ?? ''}`);
}

/* ---- watching ---- */

async function loadAccounts() {
  try {
    state.accounts = await accounts();
    drawAccounts();
    if (state.accounts.length === 0) {
      say('', (t) => t.noAccounts);
    }
  } catch {
    // the next look tells that the service does not answer
  }
}

async function look() {
  if (!document.hidden) {
    try {
      const [list, page] = await Promise.all([get('/api/targets'), get('/api/transfers?size=10')]);
      state.targets = list;
      state.transfers = page.items;
      if (state.shown && !settled(state.shown)) {
        const id = state.shown.id;
        const now = await get(`/api/transfers/${id}`);
        state.shown = state.shown.id === id ? now : state.shown;
      } else if (!state.shown && page.items.length > 0 && page.items[0].notification) {
        state.shown = page.items[0];
      }
      if (!find('offline').hidden) {
        find('offline').hidden = true;
        await loadAccounts();
      }
      drawLive();
    } catch {
      find('offline').hidden = false;
    }
  }
  setTimeout(look, 1000);
}

form.addEventListener('submit', submit);
find('memo').addEventListener('input', drawCount);
find('again').addEventListener('click', () => { if (!busy && unanswered) { ask(unanswered); } });
document.querySelectorAll('[data-language]').forEach((node) =>
  node.addEventListener('click', () => { speak(node.dataset.language); draw(); }));
draw();
if (unanswered) {
  say('doubt', (t) => t.lost);
}
loadAccounts();
look();
