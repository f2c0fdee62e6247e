// One lane's card: what the caller knows, what is true, and how it came to that.
import { element, quiet, text } from './base.js';

const RECEIVER = ['REFUSED', 'SLOW', 'FROZEN', 'KILLED'];
export const FAULTS =
  ['NONE', 'DROP_ANSWER', 'RESET', 'DELAY', 'LOSE_REQUEST', 'LATE', 'DUPLICATE', ...RECEIVER];
export const ofReceiver = (fault) => RECEIVER.includes(fault);

const HANDS = ['AGAIN', 'ASK', 'FENCE'];

function set(node, words) {
  if (node.textContent !== words) {
    node.textContent = words;
  }
}

function named(name, key) {
  const made = element(name);
  made.dataset.text = key;
  return made;
}

export class LaneCard {
  constructor(name, act) {
    const title = element('h3', { id: `lane-${name}`, textContent: name });
    const about = quiet('');
    about.dataset.text = `lane_${name}`;
    this.name = name;
    this.subject = element('p', { className: 'subject' });
    this.verdict = element('p', { className: 'verdict' });
    this.verdict.setAttribute('role', 'status');
    this.belief = element('dd');
    this.mails = element('dd');
    this.hands = HANDS.map((hand) => this.button(hand, act));
    this.steps = element('ol', { className: 'steps', tabIndex: 0 });
    this.past = element('ol', { className: 'past' });
    this.root = element('section', { className: 'card lane' }, title, about, this.subject, this.verdict,
      element('dl', { className: 'facts' },
        named('dt', 'believes'), this.belief, named('dt', 'mailbox'), this.mails),
      element('div', { className: 'hands' }, ...this.hands), this.steps,
      element('details', {}, named('summary', 'past'), this.past));
    this.root.setAttribute('aria-labelledby', title.id);
    this.root.dataset.lane = name;
    this.forget();
  }

  button(hand, act) {
    const made = element('button', { type: 'button' });
    made.dataset.text = `hand_${hand}`;
    made.dataset.hand = hand;
    made.addEventListener('click', () => act(hand));
    return made;
  }

  /** Everything is drawn anew: another language, or another story. */
  forget() {
    this.number = null;
    this.drawn = 0;
    this.steps.replaceChildren();
  }

  draw(lane) {
    this.steps.setAttribute('aria-label', text('steps', this.name));
    const story = lane.story;
    this.hands.forEach((button) => {
      const keyed = button.dataset.hand !== 'AGAIN';
      button.hidden = keyed && this.name !== 'nodoubt';
      button.disabled = !story || (keyed && !story.keyed);
    });
    if (!story) {
      set(this.verdict, text('nothing'));
      return;
    }
    if (this.number !== story.number) {
      this.forget();
      this.number = story.number;
    }
    set(this.subject, text('subject', story.number, story.to, story.memo || '–', text(`fault_${story.fault}`)));
    set(this.verdict, this.end(story) ?? text(`running_${story.belief}`));
    this.verdict.className = `verdict ${this.tone(story)}`;
    this.root.dataset.verdict = story.verdict ?? '';
    this.root.dataset.belief = story.belief;
    set(this.belief, text(`belief_${story.belief}`));
    set(this.mails, text(story.mails === 1 ? 'mail1' : 'mails', story.mails));
    this.drawSteps(story);
    this.drawPast(lane.past);
  }

  end(story) {
    if (story.verdict) {
      return text(`verdict_${story.verdict}`, story.mails);
    }
    return story.abandoned ? text('abandoned') : null;
  }

  tone(story) {
    if (story.verdict) {
      return story.tone.toLowerCase();
    }
    return ['IN_DOUBT', 'UNRESOLVED'].includes(story.belief) ? 'doubt' : '';
  }

  /** New steps come below; who reads above is left there. */
  drawSteps(story) {
    const list = this.steps;
    const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    const all = story.dropped + story.steps.length;
    const fresh = Math.min(all - this.drawn, story.steps.length);
    if (fresh > 0) {
      list.append(...story.steps.slice(story.steps.length - fresh).map(step));
      this.drawn = all;
      while (list.children.length > story.steps.length) {
        list.firstChild.remove();
      }
      if (atEnd) {
        list.scrollTop = list.scrollHeight;
      }
    }
  }

  drawPast(past) {
    const lines = past.map((one) =>
      `#${one.number} ${one.to} · ${text(`fault_${one.fault}`)} · ${text(`verdict_${one.verdict}`, one.mails)}`);
    if (this.past.textContent !== lines.join('')) {
      this.past.replaceChildren(...lines.map((line) => element('li', { textContent: line })));
    }
  }
}

/** What a service says of itself stands behind the demo's own words, in its own language. */
function step(one) {
  const words = element('span', {}, element('span', { className: 'who', textContent: text(`who_${one.who}`) }),
    ` ${text(`step_${one.what}`, ...one.values)}`);
  if ((one.what.startsWith('believes_') || one.what === 'failed') && one.values[0]) {
    words.append(element('q', { lang: 'en', textContent: one.values[0] }));
  }
  return element('li', { className: one.who },
    element('time', { textContent: `${(one.millis / 1000).toFixed(2)} s` }), words);
}
