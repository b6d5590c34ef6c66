/*
 * Draws each chart off its own table: what is in the cells is what is drawn, a dash is a gap. Where the library is not
 * there, or cannot be read, the tables stand as they came.
 */
(() => {
  const Chart = window.Chart;
  const plots = Array.from(document.querySelectorAll(".plot"));
  if (!Chart || !plots.length || !window.matchMedia) return;
  const narrow = () => document.documentElement.clientWidth < 740;

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
    return {
      // Without the clock time of a day that is not over: that stands in the table.
      labels: rows.map((row) => textOf(row.querySelector("th").firstChild)),
      columns: heads.map((head, at) => ({
        name: textOf(head),
        as: head.getAttribute("data-as"),
        tone: head.getAttribute("data-tone"),
        fill: head.getAttribute("data-fill"),
        share: cellsOf(at).some((cell) => /%/.test(textOf(cell))),
        values: cellsOf(at).map(figureIn),
      })),
    };
  };

  const datasetOf = (column, side, ground) => {
    const colour = toneOf(column.tone);
    const line = column.as === "line";
    return {
      type: column.as,
      label: column.name,
      data: column.values,
      backgroundColor: line ? colour : patternOf(column.fill, colour, ground),
      borderColor: colour,
      borderWidth: line ? 3 : 1,
      // What is not known is a gap, never a line across it.
      spanGaps: false,
      pointRadius: column.values.length > 30 ? 2 : 4,
      // A day of none is a thin line on the ground; a day nobody knows is nothing at all.
      minBarLength: side ? 0 : 2,
      maxBarThickness: side ? 22 : 40,
      order: line ? 0 : 1,
      yAxisID: line && !side ? "share" : "y",
    };
  };

  const optionsOf = (table, side) => {
    const ink = toneOf("ink");
    const grid = { color: toneOf("line") };
    const ticks = { color: ink, maxRotation: 0, autoSkipPadding: 12 };
    const whole = { color: ink, precision: 0 };
    const counts = { beginAtZero: true, grid, ticks: whole, stacked: side };
    const names = {
      grid: { display: false },
      ticks: side ? { color: ink, autoSkip: false } : ticks,
      stacked: side,
    };
    const line = table.columns.filter((column) => column.as === "line")[0];
    const bar = table.columns.filter((column) => column.as === "bar")[0];
    const titled = (column, axis) => ({ ...axis, title: { display: true, text: column.name, color: ink } });
    const scales = side ? { x: counts, y: names } : { x: names, y: counts };
    if (line) {
      scales.y = titled(bar, { ...counts, position: "right", grid: { display: false } });
      scales.share = titled(line, {
        min: 0,
        max: 100,
        grid,
        ticks: { color: ink, callback: (value) => `${value}%` },
      });
    }
    return {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: side ? "y" : "x",
      interaction: { mode: "index", intersect: false, axis: side ? "y" : "x" },
      scales,
      plugins: {
        legend: { align: "start", labels: { color: ink, boxWidth: 24, boxHeight: 12, padding: 12 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, raw }) =>
              `${dataset.label} ${raw === null ? "—" : raw}${dataset.yAxisID === "share" ? "%" : ""}`,
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
    Chart.defaults.font.size = narrow() ? 13 : 14;
    const ground = toneOf("ground");
    for (const plot of plots) {
      const table = read(plot);
      const side = plot.getAttribute("data-by") === "unit";
      const frame = plot.querySelector(".plot-frame");
      frame.hidden = false;
      // As high as its towns are many.
      if (side) frame.style.height = `${110 + table.labels.length * 30}px`;
      drawn.push(
        new Chart(frame.querySelector("canvas"), {
          type: "bar",
          data: {
            labels: table.labels,
            datasets: table.columns.map((column) => datasetOf(column, side, ground)),
          },
          options: optionsOf(table, side),
        }),
      );
    }
  };

  draw();
  for (const plot of plots) plot.querySelector("details").open = false;

  // Colours change under the page: dark mode, the reader's own, and paper, where the tables belong beside the charts.
  const watch = (query, then) => {
    const media = window.matchMedia(query);
    if (media.addEventListener) media.addEventListener("change", then);
  };
  watch("(prefers-color-scheme: dark)", draw);
  watch("(forced-colors: active)", draw);
  watch("print", ({ matches }) => {
    for (const plot of plots) plot.querySelector("details").open = matches;
    draw();
  });
})();
