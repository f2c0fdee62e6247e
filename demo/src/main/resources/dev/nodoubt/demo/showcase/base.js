// What the demo's pages share: words in two languages, and elements. Everything is set as text, so nothing from
// elsewhere becomes markup.

const LANGUAGES = ['en', 'ko'];
const KEPT = 'nodoubt.language';
let texts = {};

/* ---- words ---- */

let language = [new URLSearchParams(location.search).get('lang'), kept(), document.documentElement.lang]
  .find((one) => LANGUAGES.includes(one)) ?? 'en';

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export function chosenLanguage() {
  return language;
}

export function speak(chosen) {
  language = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // a browser that keeps nothing starts in the demo's language again
  }
}

export async function load(wanted) {
  const answer = await fetch(`/texts_${wanted}.json`);
  texts = await answer.json();
}

/** A text whose {0}, {1} … are filled. */
export function text(key, ...values) {
  return (texts[key] ?? key).replace(/\{(\d)\}/g, (_, i) => values[i]);
}

/* ---- elements ---- */

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function quiet(words) {
  return element('p', { className: 'quiet', textContent: words });
}

export function pill(kind, words) {
  return element('span', { className: `pill ${kind}`, textContent: words });
}

/* ---- what stands in the page from the beginning ---- */

/** Words wherever the page names one, and which language is chosen. */
export function drawFixed() {
  document.documentElement.lang = chosenLanguage();
  document.querySelectorAll('[data-text]').forEach((node) => { node.textContent = text(node.dataset.text); });
  document.querySelectorAll('[data-language]').forEach((node) => {
    node.setAttribute('aria-pressed', String(node.dataset.language === chosenLanguage()));
  });
}

/** Lets the language's buttons begin the page anew. */
export function offerLanguages(start) {
  document.querySelectorAll('[data-language]').forEach((node) =>
    node.addEventListener('click', () => { speak(node.dataset.language); start(node.dataset.language); }));
}
