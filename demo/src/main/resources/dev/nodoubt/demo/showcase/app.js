// Asks each second how far the demo is and shows it.
import { chosenLanguage, drawFixed, load, offerLanguages, text } from './base.js';
import { lanes, network, places, targets } from './view.js';

const find = (id) => document.getElementById(id);
let state = null;

/** Replaces an element's content only where it changed, so that focus and a reader's place are kept. */
function put(id, made) {
  const place = find(id);
  const before = document.createElement('div');
  before.append(...made);
  if (place.innerHTML !== before.innerHTML) {
    place.replaceChildren(...before.childNodes);
  }
}

function draw() {
  if (!state) {
    return;
  }
  put('places', places(state));
  put('lanes', lanes(state));
  put('network', network(state.network));
  put('targets', targets(state.targets));
  const verdict = find('verdict');
  const said = state.outcome ? text(state.outcome.kept ? 'kept' : 'broken', state.transfers) : '';
  if (verdict.textContent !== said) {
    verdict.textContent = said;
  }
  verdict.hidden = !state.outcome;
  verdict.className = `banner ${state.outcome?.kept ? 'good' : 'bad'}`;
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch('/api/state', { signal: AbortSignal.timeout(8000) });
      if (!answer.ok) {
        throw new Error(`state: ${answer.status}`);
      }
      state = await answer.json();
      find('offline').hidden = true;
      draw();
    } catch {
      find('offline').hidden = false;
    }
  }
  setTimeout(look, 1000);
}

async function start(language) {
  await load(language);
  drawFixed();
  draw();
}

offerLanguages(start);
await start(chosenLanguage());
look();
