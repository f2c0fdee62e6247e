// Turns what the service says into elements. Everything is set as text, so nothing a person typed becomes markup.
import { currentLanguage, text } from './texts.js';

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Groups the digits of a decimal without making it a number. */
export function money(decimal) {
  const [whole, rest] = decimal.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ? `.${rest}` : '');
}

export function time(at) {
  return new Date(at).toLocaleTimeString(currentLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

function pill(kind, words) {
  return element('span', { className: `pill ${kind}`, textContent: words });
}

const KINDS = {
  executed: 'good', sent: 'good', closed: 'good',
  rejected: 'bad', never: 'bad', failed: 'bad', open: 'bad', unresolved: 'bad',
  'in-doubt': 'doubt', 'half-open': 'doubt',
};

/** The states of a delivery that do not change any more. */
const ENDED = ['sent', 'failed', 'withdrawn'];

function outcomePill(notification) {
  const outcome = notification ? notification.outcome : 'none';
  return pill(KINDS[outcome] ?? 'open-end', text().outcomes[outcome] ?? '–');
}

function step(done, title, mark, ...notes) {
  const head = element('div', { className: 'step-head' }, element('span', { className: 'step-title', textContent: title }), mark);
  return element('li', { className: done ? 'done' : 'open-end' }, head,
    ...notes.filter(Boolean).map((note) => element('p', { className: 'quiet', textContent: note })));
}

export function progress(transfer) {
  const t = text();
  const note = transfer.notification;
  const steps = [step(true, t.committed, pill('good', money(transfer.amount)), t.committedNote({ id: transfer.id, time: time(transfer.at) }))];
  if (!note) {
    return element('ol', { className: 'steps' }, ...steps, step(true, t.noNotification, ''), ...reversal(transfer));
  }
  const final = ['executed', 'rejected', 'never'].includes(note.outcome);
  steps.push(step(final, t.call, outcomePill(note), t.attempts(note.attempts), note.last));
  const state = note.delivery?.state;
  if (note.outcome === 'executed') {
    const mark = state ? pill(KINDS[state] ?? 'open-end', t.states[state] ?? state) : '';
    steps.push(step(ENDED.includes(state), t.delivery, mark, note.delivery ? note.delivery.last : t.notTold));
  }
  return element('ol', { className: 'steps' }, ...steps, ...reversal(transfer));
}

function reversal(transfer) {
  if (!transfer.reversal) {
    return [];
  }
  const [title, note] = text().reversal[transfer.reversal.state];
  return [step(transfer.reversal.state !== 'reversal-refused', title, '', note(transfer.reversal))];
}

/** Nothing more will happen to this transfer's notification. */
export function settled(transfer) {
  const note = transfer.notification;
  return !note || ['rejected', 'never'].includes(note.outcome)
    || (note.outcome === 'executed' && ENDED.includes(note.delivery?.state));
}

export function targets(list) {
  const t = text();
  if (list.length === 0) {
    return element('p', { className: 'quiet', textContent: t.targetsEmpty });
  }
  return element('ul', { className: 'targets' }, ...list.map((target) => {
    const seconds = Math.ceil(target.breakerRemainingMs / 1000);
    const facts = [`${t.target.inFlight} ${target.inFlight}/${target.permits}`, `${t.target.held} ${target.held}`];
    return element('li', {},
      element('strong', { textContent: target.name }),
      element('span', { className: 'breaker' },
        element('span', { className: 'quiet', textContent: t.target.breaker }),
        pill(KINDS[target.breaker] ?? 'open-end', t.breakers[target.breaker] ?? target.breaker),
        target.breaker === 'open' ? element('span', { className: 'remaining', textContent: t.target.remaining(seconds) }) : ''),
      element('span', { className: 'quiet', textContent: facts.join(' · ') }),
      target.problem ? element('p', { className: 'problem', textContent: target.problem }) : '');
  }));
}

export function latest(transfers, chosen, choose) {
  const t = text();
  if (transfers.length === 0) {
    return element('p', { className: 'quiet', textContent: t.latestEmpty });
  }
  const head = element('tr', {}, ...t.columns.map((column, i) =>
    element('th', { scope: 'col', textContent: column, className: i === 4 ? 'number' : '' })));
  const rows = transfers.map((transfer) => {
    const button = element('button', { type: 'button', className: 'link', textContent: transfer.id });
    button.setAttribute('aria-label', t.show(transfer.id));
    button.dataset.id = transfer.id;
    button.addEventListener('click', () => choose(transfer));
    const cells = [button, time(transfer.at), transfer.from, transfer.to, money(transfer.amount), transfer.memo, outcomePill(transfer.notification)];
    const row = element('tr', { className: transfer.id === chosen ? 'chosen' : '' }, ...cells.map((cell, i) => {
      const td = element('td', { className: ['', 'quiet', '', '', 'number', 'memo', ''][i] }, cell);
      td.dataset.column = t.columns[i];
      return td;
    }));
    return row;
  });
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}
