"use strict";
// Keys. Every one of them has a link or a field that does the same, so nothing here is needed.
(() => {
  let going = false;

  const filter = () => document.querySelector("[role=search] input");

  const writes = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  const rows = () => [...document.querySelectorAll("[data-row]")];

  const move = (by) => {
    const all = rows();
    if (all.length === 0) return;
    const here = document.activeElement.closest("tr, section")?.querySelector("[data-row]");
    const at = all.indexOf(here);
    all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus();
  };

  const go = (letter) => document.querySelector(`nav a[data-go="${CSS.escape(letter)}"]`)?.click();

  const keys = {
    "/": () => {
      const field = filter();
      if (field) field.focus(); else location.assign(document.querySelector("nav a[data-go=c], nav a[data-go=r]").href + "#q");
    },
    j: () => move(1),
    k: () => move(-1),
    x: () => document.activeElement.closest("tr")?.querySelector("input[type=checkbox]")?.click(),
    g: () => { going = true; },
    "?": () => document.getElementById("keys").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (writes(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const goes = going;
    going = false;
    if (goes) {
      go(event.key);
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // Coming from "/" on another page.
  if (location.hash === "#q") filter()?.focus();

  // What refuses a form says why on a page of its own: then the form is sent as one without this script.
  document.body.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr } = event.detail;
    if (xhr.status === 403 && elt.matches("form[method=post]")) elt.submit();
  });
})();
