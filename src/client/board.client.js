/*
 * The board reads itself anew each minute while its tab is seen and nothing in it has the focus, so that neither a screen
 * reader nor a press is interrupted. When it cannot, it says from when the data is; a link to reload works without it.
 */
(() => {
  const $ = (id) => document.getElementById(id);
  const board = $("board");
  const said = $("said");
  const pause = $("pause");
  if (!board || !said || !pause || !window.fetch || !window.DOMParser) return;
  const EVERY = 60000;
  const PATIENCE = 20000;
  let readAt = Date.now();
  let paused = false;
  let busy = false;
  let lost = false;
  const labels = { off: pause.textContent, on: pause.getAttribute("data-resume") };

  const say = (name, clock, alarm) => {
    said.className = alarm ? "alarm" : "";
    said.textContent = name ? ` ${said.getAttribute(`data-${name}`).replace("{}", clock)}` : "";
  };
  const clock = () => $("board").getAttribute("data-clock");
  const inUse = () => {
    const at = document.activeElement;
    return Boolean(at && at !== document.body && $("board").contains(at));
  };
  const opened = (root) => Array.from(root.querySelectorAll("details[id]"));

  const take = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById("board");
    const asof = page.getElementById("asof");
    if (!fresh || !asof) throw new Error("not the board");
    const old = $("board");
    // Whatever was opened or closed by hand stays so.
    for (const one of opened(old)) {
      const same = fresh.querySelector(`[id="${one.id}"]`);
      if (same) same.open = one.open;
    }
    const changed = old.getAttribute("data-overdue") !== fresh.getAttribute("data-overdue");
    // What somebody began to press while the answer was on its way stays where it is.
    if (inUse()) return;
    old.replaceWith(document.importNode(fresh, true));
    $("asof").textContent = asof.textContent;
    readAt = Date.now();
    if (lost) say("back", clock());
    else if (changed) say("changed", clock());
    else say();
    lost = false;
  };

  const read = () => {
    busy = true;
    const stop = window.AbortController ? new AbortController() : undefined;
    const timer = setTimeout(() => stop && stop.abort(), PATIENCE);
    fetch(location.href, { credentials: "same-origin", signal: stop && stop.signal })
      .then((answer) => {
        // Signed out meanwhile, it is led to another page.
        if (!answer.ok || answer.redirected) throw new Error("not the board");
        return answer.text();
      })
      .then(take)
      .catch(() => {
        if (!lost) say("lost", clock(), true);
        lost = true;
        readAt = Date.now();
      })
      .then(() => {
        clearTimeout(timer);
        busy = false;
      });
  };
  const look = () => {
    if (!busy && !paused && !document.hidden && !inUse() && Date.now() - readAt >= EVERY) read();
  };

  pause.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? labels.on : labels.off;
    look();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5000);
})();
