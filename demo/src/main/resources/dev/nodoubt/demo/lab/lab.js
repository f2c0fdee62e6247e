// Follows the lab's events and sends what the person asks for.
import { chosenLanguage, drawFixed, element, load, offerLanguages, text } from './base.js';
import { FAULTS, LaneCard, ofReceiver } from './story.js';

const find = (id) => document.getElementById(id);
const token = document.querySelector('meta[name=lab-token]').content;
const cards = new Map();
let state = null;

async function ask(path, body) {
  find('problem').textContent = '';
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Lab-Token': token },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      const said = answer.headers.get('Content-Type') === 'application/json' ? await answer.json() : {};
      find('problem').textContent = text(said.reason ?? 'refused_form');
    }
  } catch {
    find('offline').hidden = false;
  }
}

const fault = () => new FormData(find('order')).get('fault');

function send(lanes, again) {
  if (find('order').reportValidity()) {
    ask('/api/send', {
      to: find('to').value,
      memo: find('memo').value,
      fault: again ? 'SLOW' : fault(),
      attempts: Number(find('attempts').value),
      lanes,
      again,
    });
  }
}

/* ---- the form ---- */

function makeFaults() {
  find('faults').append(...FAULTS.map((name) => {
    const radio = element('input', { type: 'radio', name: 'fault', value: name, checked: name === 'DROP_ANSWER' });
    const words = element('span');
    words.dataset.text = `fault_${name}`;
    return element('label', {}, radio, words);
  }));
  find('faults').addEventListener('change', drawFault);
}

const seconds = (millis) => String(millis / 1000);

function drawFault() {
  find('about-fault').textContent = text(`about_${fault()}`, seconds(state?.lasts[fault()] ?? 0));
  find('attempts').disabled = ofReceiver(fault()) || fault() === 'NONE';
}

function remedy(name, key, act, first) {
  const made = element('button', { type: 'button', id: `remedy-${name}`, className: first ? 'first' : '' });
  made.dataset.text = key;
  made.addEventListener('click', act);
  return made;
}

/** The first event tells which lanes there are. */
function makeLanes() {
  const names = state.lanes.map((lane) => lane.lane);
  find('remedies').append(
    remedy('all', 'remedy_all', () => send(names, false), true),
    remedy('again', 'remedy_again', () => send(names, true)),
    ...names.map((name) => remedy(name, `remedy_${name}`, () => send([name], false))));
  for (const name of names) {
    const card = new LaneCard(name, (hand) => ask('/api/hand', { lane: name, hand }));
    cards.set(name, card);
    find('lanes').append(card.root);
  }
  drawFixed();
}

function draw() {
  if (!state) {
    return;
  }
  if (cards.size === 0) {
    makeLanes();
    drawFault();
  }
  find('truth').textContent = text('truth', seconds(state.patience));
  state.lanes.forEach((lane) => cards.get(lane.lane).draw(lane));
}

/* ---- what comes ---- */

function follow() {
  const events = new EventSource('/api/events');
  events.onmessage = (event) => {
    state = JSON.parse(event.data);
    find('offline').hidden = true;
    draw();
  };
  events.onerror = () => {
    find('offline').hidden = false;
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(follow, 3000); // it was refused: the browser does not come again by itself
    }
  };
}

async function start(language) {
  await load(language);
  cards.forEach((card) => card.forget());
  drawFixed();
  drawFault();
  draw();
}

makeFaults();
find('mend').addEventListener('click', () => ask('/api/mend', {}));
find('order').addEventListener('submit', (event) => {
  event.preventDefault();
  find('remedy-all')?.click();
});
offerLanguages(start);
await start(chosenLanguage());
follow();
