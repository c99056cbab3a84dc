"use strict";
/* Draws the charts of a page with uPlot, from the data beside each; without it their images stay. */

(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const numbers = new Intl.NumberFormat("en");
  const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const ticks = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  const DAY = 86400;
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const said = (data, x) => {
    if (data.axis === "days") return days.format(new Date(x * 1000));
    return x === 0 ? "the voting day" : x < 0 ? `${-x} days before the vote` : `${x} days after the vote`;
  };

  /* The value of a curve at a place: of steps the one that still holds there. */
  const at = (curve, place) => {
    if (curve.shape === "bars") return curve.values[place];
    const last = curve.values.findLastIndex((value) => value !== null);
    if (place > last) return null;
    const known = curve.values.slice(0, place + 1).filter((value) => value !== null);
    return known.length ? known[known.length - 1] : null;
  };

  /* What is drawn later lies on top: totals over sources over bars. */
  const drawn = (data) => [...data.curves].reverse();

  const marks = (data) => (plot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    if (data.vote !== null) {
      const x = plot.valToPos(data.vote, "x", true);
      ctx.strokeStyle = ctx.fillStyle = style("--muted");
      ctx.setLineDash([8, 6]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textAlign = "right";
      ctx.fillText("vote", x - 6 * devicePixelRatio, bbox.top + 14 * devicePixelRatio);
    }
    ctx.setLineDash([]);
    ctx.lineWidth = 2 * devicePixelRatio;
    drawn(data).forEach((curve, place) => {
      if (!plot.series[place + 1].show) return;
      ctx.fillStyle = style("--card");
      ctx.strokeStyle = curve.colors[dark.matches ? "dark" : "light"];
      for (const index of curve.loose) {
        ctx.beginPath();
        ctx.arc(plot.valToPos(data.x[index], "x", true), plot.valToPos(curve.values[index], "y", true), 4 * devicePixelRatio, 0, 2 * Math.PI);
        ctx.fill();
        ctx.stroke();
      }
    });
    ctx.strokeStyle = style("--bad");
    const reach = 8 * devicePixelRatio;
    for (const [day, value] of data.disputed) {
      const x = plot.valToPos(day, "x", true);
      const y = plot.valToPos(value, "y", true);
      ctx.beginPath();
      ctx.moveTo(x - reach, y);
      ctx.lineTo(x, y - reach);
      ctx.lineTo(x + reach, y);
      ctx.lineTo(x, y + reach);
      ctx.closePath();
      ctx.stroke();
    }
    ctx.restore();
  };

  const series = (data) => drawn(data).map((curve) => {
    const color = curve.colors[dark.matches ? "dark" : "light"];
    const bars = curve.shape === "bars";
    return {
      label: curve.name,
      stroke: color,
      fill: bars && !curve.hollow ? color : undefined,
      width: bars ? 1.2 : curve.thin ? 1.6 : 2.6,
      dash: curve.dashes,
      spanGaps: true,
      paths: bars ? uPlot.paths.bars({ size: [0.6, 14] }) : uPlot.paths.stepped({ align: 1 }),
      points: {
        show: !bars,
        size: 8,
        fill: color,
        filter: (plot, index, show) => show ? curve.stated : null,
      },
      value: (plot, raw, index, place) => {
        const value = place === null || place === undefined ? null : at(curve, place);
        return value === null || value === undefined ? "–" : numbers.format(value).replace("-", "−");
      },
    };
  });

  const daysAxis = (data) => data.axis === "days"
    ? { incrs: [1, 2, 7, 14, 28, 56, 112].map((count) => count * DAY), values: (plot, places) => places.map((x) => ticks.format(new Date(x * 1000))) }
    : { incrs: [1, 2, 5, 10, 20, 50], values: (plot, places) => places.map((x) => numbers.format(Math.abs(x))) };

  const options = (data, box) => {
    const margin = data.axis === "days" ? DAY : 1;
    const axis = { stroke: style("--muted"), grid: { stroke: style("--line"), width: 1 }, ticks: { show: false } };
    return {
      width: box.clientWidth,
      height: Math.max(300, Math.min(460, Math.round(box.clientWidth * 0.5))),
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: { time: data.axis === "days", range: (plot, low, high) => [low - margin, high + margin] }, y: { range: (plot, low, high) => [Math.min(0, low * 1.15), (high || 1) * 1.12] } },
      axes: [
        { ...axis, grid: { show: false }, space: 60, ...daysAxis(data) },
        { ...axis, size: 64, values: (plot, values) => values.map((value) => numbers.format(value).replace("-", "−")) },
      ],
      cursor: { y: false, drag: { x: true, y: false } },
      series: [{ label: data.axis === "days" ? "Day" : "Before the vote", value: (plot, x) => x === null ? "–" : said(data, x) }, ...series(data)],
      hooks: { draw: [marks(data)] },
    };
  };

  /* Left and right go from day to day, and a screen reader is told what stands there. */
  const listen = (plot, data, box, status) => {
    let place = -1;
    box.onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -data.x.length, End: data.x.length }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      place = Math.max(0, Math.min(data.x.length - 1, place + step));
      plot.setCursor({ left: plot.valToPos(data.x[place], "x"), top: plot.bbox.height / devicePixelRatio / 2 });
      const values = data.curves.map((curve) => [curve.name, at(curve, place)]).filter(([, value]) => value !== null && value !== undefined);
      status.textContent = `${said(data, data.x[place])}: ${values.map(([name, value]) => `${name} ${numbers.format(value)}`).join(", ") || "nothing"}`;
    };
  };

  const draw = (figure) => {
    const data = JSON.parse(figure.querySelector(".chart-data").textContent);
    if (!data.curves.some((curve) => curve.values.some((value) => value !== null))) return;
    const box = figure.querySelector(".chart-live");
    const status = figure.querySelector("[data-chart-says]");
    box.hidden = false;
    figure.classList.add("is-live");
    let plot = null;
    const fresh = () => {
      if (plot) plot.destroy();
      plot = new uPlot(options(data, box), [data.x, ...drawn(data).map((curve) => curve.values)], box);
      listen(plot, data, box, status);
    };
    fresh();
    dark.addEventListener("change", fresh);
    new ResizeObserver(() => {
      if (box.clientWidth && box.clientWidth !== plot.width) fresh();
    }).observe(box);
  };

  document.querySelectorAll("figure.chart").forEach(draw);
})();
