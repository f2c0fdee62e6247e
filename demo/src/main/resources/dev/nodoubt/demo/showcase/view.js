// Builds what the showcase shows.
import { chosenLanguage, element, pill, quiet, text } from './base.js';

function bar(value, max, label) {
  const made = element('progress', { max: Math.max(1, max), value });
  made.setAttribute('aria-label', label);
  return made;
}

const number = (value) => (value === undefined ? '–' : String(value));

/* ---- what is shown ---- */

export function places(state) {
  const link = (href, key) => element('a', { href, textContent: text(key) });
  const made = [
    link(state.places.transfer, 'placeTransfer'),
    link(new URL(`?lang=${chosenLanguage()}`, state.places.mailbox).href, 'placeMailbox'),
  ];
  if (state.outcome) {
    made.push(link('/report.html', 'placeReport'), link('/report.json', 'placeJson'));
  } else {
    made.push(element('span', { className: 'quiet', textContent: text('reportLater') }));
  }
  return made;
}

const PHASES = { RUNNING: 'doubt', SETTLING: 'doubt' };
const FLAWS = ['lost', 'doubled', 'rolledBackButSent', 'inDoubt'];

export function lanes(state) {
  return state.lanes.length === 0 ? [quiet(text('lanesEmpty'))] : state.lanes.map((lane) => laneCard(lane, state.transfers));
}

function laneCard(lane, transfers) {
  const settled = lane.phase === 'SETTLED';
  const kind = settled && FLAWS.every((flaw) => lane[flaw] === 0) ? 'good' : PHASES[lane.phase];
  const facts = [text('done', lane.done, transfers), text('mails', number(lane.mailsReceived)),
    text('rolledBack', number(lane.rolledBack)), text('seconds', lane.seconds.toFixed(settled ? 1 : 0))];
  return element('section', { className: 'card lane' },
    element('div', { className: 'head' },
      element('h3', { textContent: lane.lane }), pill(kind ?? '', text(`phase${lane.phase}`))),
    quiet(text(`lane_${lane.lane}`)),
    bar(lane.done, transfers, text('progress', lane.lane)),
    quiet(lane.phase === 'WAITING' ? text('notYet') : facts.join(' · ')),
    element('dl', { className: 'flaws' }, ...FLAWS.map((flaw) => {
      const words = flaw === 'lost' && !settled ? 'noMailYet' : flaw;
      const colour = lane[flaw] === undefined ? 'quiet' : lane[flaw] === 0 ? 'none' : settled ? 'flaw' : 'maybe';
      return element('div', {},
        element('dt', { textContent: text(words) }), element('dd', { className: colour, textContent: number(lane[flaw]) }));
    })));
}

export function network(seen) {
  const most = Math.max(...seen.faults.map((fault) => fault.met));
  const head = element('tr', {}, ...['fault', 'met', 'share', 'planned'].map((key) =>
    element('th', { scope: 'col', textContent: text(key) })));
  const rows = seen.faults.map((fault) => {
    const share = seen.attempts === 0 ? '–' : `${(fault.met * 100 / seen.attempts).toFixed(1)} %`;
    const name = text(`fault_${fault.fault}`);
    return element('tr', {},
      element('th', { scope: 'row' }, name, bar(fault.met, most, name)),
      ...[fault.met, share, `${fault.percent} %`].map((cell) => element('td', { textContent: cell })));
  });
  return [quiet(text('attempts', seen.attempts, seen.underWay)),
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))];
}

const BREAKERS = { closed: 'good', open: 'bad', 'half-open': 'doubt' };

export function targets(list) {
  if (!list || list.length === 0) {
    return [quiet(text(list ? 'targetsEmpty' : 'targetsSilent'))];
  }
  return [element('ul', { className: 'targets' }, ...list.map((target) => element('li', {},
    element('strong', { textContent: target.name }),
    element('span', { className: 'breaker' },
      element('span', { className: 'quiet', textContent: text('breaker') }),
      pill(BREAKERS[target.breaker] ?? '', text(`breaker_${target.breaker}`)),
      target.breaker === 'open' ? text('remaining', Math.ceil(target.breakerRemainingMs / 1000)) : ''),
    quiet(text('load', target.inFlight, target.permits, target.held)),
    target.problem ? element('p', { className: 'problem', textContent: target.problem }) : ''))),
  quiet(text('targetsNote'))];
}
