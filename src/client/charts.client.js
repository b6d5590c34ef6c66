/*
 * Draws each chart off its own table: what is in the cells is what is drawn, a dash is a gap. Where the library is not
 * there, or cannot be read, the tables stand as they came.
 */
(() => {
  const Chart = window.Chart;
  const plots = Array.from(document.querySelectorAll(".plot"));
  if (!Chart || !plots.length || !window.matchMedia) return;
  /** Text on a canvas grows with the reader's own size of letters: 16 pixels of theirs are one of ours. */
  const grown = () => Number.parseFloat(window.getComputedStyle(document.documentElement).fontSize) / 16;
  const letters = () => Math.round((document.documentElement.clientWidth < 740 ? 13 : 14) * grown());

  /** A tone of the stylesheet as a colour, whatever dark mode or the reader's own colours make of it. */
  const toneOf = (name) => {
    const probe = document.createElement("span");
    probe.className = `tone-${name}`;
    document.body.appendChild(probe);
    const { color } = window.getComputedStyle(probe);
    document.body.removeChild(probe);
    return color;
  };

  /** So that nothing rests on colour alone: stripes, dots, or an outline alone. */
  const patternOf = (fill, colour, ground) => {
    if (fill === "plain") return colour;
    if (fill === "bare") return ground;
    const tile = document.createElement("canvas");
    tile.width = 8;
    tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 8, 8);
    pen.fillStyle = colour;
    pen.strokeStyle = colour;
    if (fill === "dots") {
      for (const [x, y] of [
        [2, 2],
        [6, 6],
      ]) {
        pen.beginPath();
        pen.arc(x, y, 1.5, 0, 7);
        pen.fill();
      }
    } else {
      pen.lineWidth = 3;
      pen.beginPath();
      for (const from of [-8, 0, 8]) {
        pen.moveTo(from - 1, 9);
        pen.lineTo(from + 9, -1);
      }
      pen.stroke();
    }
    return pen.createPattern(tile, "repeat");
  };

  const textOf = (cell) => cell.textContent.replace(/\s+/g, " ").trim();
  /** A cell's figure; null for one that is not known. */
  const figureIn = (cell) => {
    const value = Number.parseFloat(textOf(cell));
    return Number.isNaN(value) ? null : value;
  };

  const read = (plot) => {
    const rows = Array.from(plot.querySelectorAll("tbody tr"));
    const heads = Array.from(plot.querySelectorAll("thead th")).slice(1);
    const cellsOf = (at) => rows.map((row) => row.querySelectorAll("td")[at]);
    const columns = heads.map((head, at) => ({
      name: `${textOf(head)}\u2009(${head.getAttribute("data-unit")})`,
      as: head.getAttribute("data-as"),
      tone: head.getAttribute("data-tone"),
      fill: head.getAttribute("data-fill"),
      values: cellsOf(at).map(figureIn),
    }));
    return {
      // The clock time of a day that is not over stands below it.
      labels: rows.map((row) => Array.from(row.querySelector("th").childNodes).map(textOf).filter(Boolean)),
      columns: columns.filter(({ as }) => as !== "none"),
    };
  };

  const datasetOf = (column, { side, curve }, ground) => {
    const colour = toneOf(column.tone);
    const edge = toneOf("edge");
    const line = column.as === "line";
    const look = line ? colour : patternOf(column.fill, colour, ground);
    return {
      type: column.as,
      label: column.name,
      // A town's zero needs no mark; what little it has is seen beside one a hundred times as large.
      data: side ? column.values.map((value) => value || null) : column.values,
      known: column.values,
      look,
      colour,
      backgroundColor: ({ raw }) => (raw === 0 && !line ? edge : look),
      borderColor: ({ raw }) => (raw === 0 && !line ? edge : colour),
      borderWidth: line ? 3 : 1,
      // A point at 100 % is not cut in half.
      clip: line ? 8 : undefined,
      // Days stand side by side without a gap, as an epidemic curve has it.
      ...(curve ? { categoryPercentage: 1, barPercentage: 0.96 } : {}),
      // What is not known is a gap, never a line across it.
      spanGaps: false,
      pointRadius: column.values.length > 30 ? 2 : 4,
      // A day of none is a thin line on the ground; a day nobody knows is nothing at all.
      minBarLength: side ? 3 : 2,
      maxBarThickness: curve ? undefined : (side ? 22 : 40) * grown(),
      order: line ? 0 : 1,
      yAxisID: line && !side ? "share" : "y",
    };
  };

  const widthOf = ({ ctx }, text) => {
    ctx.font = `${letters()}px ${Chart.defaults.font.family}`;
    return ctx.measureText(text).width;
  };
  /** As many days are named as there is room for, counted from the last one. */
  const named = (labels) =>
    function (_value, at) {
      const widest = Math.max(...labels.map(([day]) => widthOf(this.chart, day)));
      const every = Math.ceil((labels.length * (widest + 14)) / Math.max(1, this.chart.width - 80 * grown()));
      return (labels.length - 1 - at) % every === 0 ? labels[at] : null;
    };
  /** A long name gives way to the picture; whole it stands in the table and beside the pointer. */
  const cut = (labels) =>
    function (_value, at) {
      const [name] = labels[at];
      const room = this.chart.width * 0.4;
      if (widthOf(this.chart, name) <= room) return name;
      let shown = name;
      while (shown.length > 1 && widthOf(this.chart, `${shown}…`) > room) shown = shown.slice(0, -1);
      return `${shown}…`;
    };

  /** By itself it would take the look of the first day, which may be none. */
  const legendOf = (chart) =>
    Chart.defaults.plugins.legend.labels.generateLabels(chart).map((item) => {
      const { look, colour } = chart.data.datasets[item.datasetIndex];
      return { ...item, fillStyle: look, strokeStyle: colour };
    });

  const optionsOf = (table, { side, curve }) => {
    const ink = toneOf("ink");
    const grid = { color: toneOf("line") };
    const whole = { color: ink, precision: 0, maxRotation: 0 };
    const counts = { beginAtZero: true, grid, ticks: whole, stacked: side || curve };
    const names = {
      grid: { display: false },
      ticks: { color: ink, autoSkip: false, maxRotation: 0, callback: (side ? cut : named)(table.labels) },
      stacked: side || curve,
    };
    const line = table.columns.some((column) => column.as === "line");
    const scales = side ? { x: counts, y: names } : { x: names, y: counts };
    if (line) {
      scales.y = { ...counts, position: "right", grid: { display: false } };
      scales.share = {
        min: 0,
        max: 100,
        grid,
        ticks: { color: ink, callback: (value) => `${value}%` },
      };
    }
    return {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: side ? "y" : "x",
      interaction: { mode: "index", intersect: false, axis: side ? "y" : "x" },
      scales,
      plugins: {
        legend: {
          align: "start",
          labels: { color: ink, boxWidth: 24, boxHeight: 12, padding: 12, generateLabels: legendOf },
        },
        tooltip: {
          callbacks: {
            title: ([{ dataIndex } = { dataIndex: 0 }]) => (table.labels[dataIndex] || []).join(" "),
            label: ({ dataset, dataIndex }) => {
              const value = dataset.known[dataIndex];
              return `${dataset.label} ${value === null ? "—" : value}`;
            },
          },
        },
      },
    };
  };

  const drawn = [];
  const draw = () => {
    while (drawn.length) drawn.pop().destroy();
    const body = window.getComputedStyle(document.body);
    Chart.defaults.font.family = body.fontFamily;
    Chart.defaults.font.size = letters();
    const ground = toneOf("ground");
    for (const plot of plots) {
      const frame = plot.querySelector(".plot-frame");
      // Where nothing is known there is none: the page says so.
      if (!frame) continue;
      const table = read(plot);
      const side = plot.getAttribute("data-by") === "unit";
      const how = { side, curve: plot.getAttribute("data-plot") === "ill" };
      frame.hidden = false;
      // As high as its towns are many, and never so low that its legend is cut off.
      if (side) frame.style.height = `${Math.max(220, 110 + table.labels.length * 30) * grown()}px`;
      // On paper they come closer, so that a chart stands on one sheet, as long as they can be read.
      frame.className = table.labels.length > 42 ? "plot-frame long" : "plot-frame";
      drawn.push(
        new Chart(frame.querySelector("canvas"), {
          type: "bar",
          data: {
            labels: table.labels,
            datasets: table.columns.map((column) => datasetOf(column, how, ground)),
          },
          options: optionsOf(table, how),
        }),
      );
    }
  };

  draw();
  // Who opened a table, tapped a figure and comes back finds it open, and so the page where it was.
  const tables = plots.map((plot) => plot.querySelector("details"));
  const held = (window.history.state || {}).open || [];
  for (const [at, table] of tables.entries()) {
    table.open = held[at] === true;
    table.addEventListener("toggle", () =>
      window.history.replaceState({ open: tables.map(({ open }) => open) }, ""),
    );
  }

  // Colours change under the page: dark mode, the reader's own, and paper, where the tables belong beside the charts.
  const watch = (query, then) => {
    const media = window.matchMedia(query);
    if (media.addEventListener) media.addEventListener("change", then);
  };
  watch("(prefers-color-scheme: dark)", draw);
  watch("(forced-colors: active)", draw);
  watch("print", draw);
  // Before the pages are counted: what opens only when they are laid out is cut off at the end.
  let stood = [];
  window.addEventListener("beforeprint", () => {
    stood = tables.map(({ open }) => open);
    for (const table of tables) table.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const [at, table] of tables.entries()) table.open = stood[at];
  });
})();
