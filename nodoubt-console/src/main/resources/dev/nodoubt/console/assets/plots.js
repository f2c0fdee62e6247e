"use strict";
// The overview's live numbers: one stream of events, a plot a figure.
(() => {
  const place = document.getElementById("plots");
  const pulse = document.getElementById("pulse");
  const spoken = document.getElementById("spoken");
  const colours = { settled: "--link", executed: "--good", rejected: "--bad", never: "--quiet", p50: "--link", p99: "--doubt", doubt: "--doubt", waiting: "--wait", "gate-executed": "--good", "gate-replayed": "--link", "gate-rejected": "--bad", "gate-rolled-back": "--quiet", "gate-mismatched": "--doubt", "gate-withheld": "--ink" };
  const most = 300;
  let samples = [];
  let lastSpoken = 0;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const plots = [...place.querySelectorAll(".plot")].map((element) => {
    const series = element.dataset.series.split(" ");
    const labels = element.dataset.labels.split("|");
    return { element, series, labels, plot: null };
  });

  const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 19);

  const data = (one) => [samples.map((s) => s.t), ...one.series.map((name) => samples.map((s) => s[name]))];

  const axis = () => ({ stroke: colour("--quiet"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui", size: 42 });

  const draw = (one) => {
    one.plot?.destroy();
    one.plot = new uPlot({
      width: one.element.clientWidth,
      height: 150,
      padding: [8, 28, 0, 0],
      cursor: { y: false, points: { size: 5 } },
      scales: { x: { time: false, range: (u, low, high) => [Math.min(low ?? 0, (high ?? 0) - 60), high ?? 0] }, y: { range: (u, low, high) => [0, Math.max(1, (high ?? 0) * 1.1)] } },
      axes: [{ ...axis(), size: 28, space: 90, values: (u, splits) => splits.map(clock) }, axis()],
      series: [{ label: place.dataset.time, value: (u, t) => (t == null ? "–" : clock(t)) }, ...one.series.map((name, i) => ({ label: one.labels[i], stroke: colour(colours[name]), width: 1.5, points: { show: false }, value: (u, v) => v ?? "–" }))],
    }, data(one), one.element);
  };

  const redraw = () => plots.forEach(draw);

  const numbers = (sample) => {
    for (const element of document.querySelectorAll("[data-live]")) {
      const value = sample[element.dataset.live];
      const more = element.dataset.more ?? (value >= 10000 ? "+" : "");
      element.textContent = value.toLocaleString(document.documentElement.lang) + more;
    }
    if (spoken && sample.doubt !== Number(spoken.dataset.said) && Date.now() - lastSpoken > 30000) {
      spoken.textContent = spoken.dataset.text.replace("#", sample.doubt);
      spoken.dataset.said = sample.doubt;
      lastSpoken = Date.now();
    }
  };

  const show = (on) => {
    pulse.textContent = on ? pulse.dataset.on : pulse.dataset.off;
  };

  const source = new EventSource(place.dataset.source);
  source.addEventListener("open", () => show(true));
  source.addEventListener("error", () => show(false));
  source.addEventListener("history", (event) => {
    samples = JSON.parse(event.data);
    redraw();
  });
  source.addEventListener("numbers", (event) => {
    const sample = JSON.parse(event.data);
    samples.push(sample);
    if (samples.length > most) samples.shift();
    plots.forEach((one) => one.plot?.setData(data(one)));
    numbers(sample);
  });
  addEventListener("resize", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
