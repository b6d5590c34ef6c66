/*
 * The grid worker's round on a bad connection. A plain script in ES2015 for old phones; the page works without it.
 * What is noted down is kept on the phone before anything is sent (one key an entry, so that two tabs never undo each
 * other): numbers and case numbers, no names. Each entry goes out under a client id of its own, again and again until
 * the service has answered for it: however often it is sent, it is stored once. What the service refuses for good comes
 * back to its card with the service's words.
 */
(() => {
  const form = document.querySelector("form[data-round]");
  if (!form) return;
  document.documentElement.classList.add("js");
  const told = form.dataset;
  const words = JSON.parse(told.words);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => (name in values ? values[name] : ""));
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  /* The service's clock, as far as this page can tell: a phone's own may be years off. */
  const ticks = () => (window.performance && performance.now ? performance.now() : Date.now());
  const began = ticks();
  const serverNow = () => Number(told.now) + Math.round(ticks() - began);

  /* What the phone keeps */
  const ENTRY = `round/${told.store}/entry/`;
  const DRAFT = `round/${told.store}/draft/`;
  // What this or another tab has sent, for the tabs that look on; a page made after that knows it from the service.
  const SENT = `round/${told.store}/sent/`;
  let keeps = true;
  const entries = new Map();
  function write(key, value) {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch (_) {
      // Full or switched off: the page still holds it, and says that it must stay open.
      keeps = false;
    }
  }
  function read(prefix) {
    const found = [];
    try {
      for (let at = 0; at < localStorage.length; at++) {
        const key = localStorage.key(at);
        if (key.indexOf(prefix) === 0)
          found.push([key.slice(prefix.length), JSON.parse(localStorage.getItem(key))]);
      }
    } catch (_) {
      keeps = false;
    }
    return found;
  }
  function keepEntry(entry) {
    entries.set(entry.clientId, entry);
    write(ENTRY + entry.clientId, entry);
  }
  function dropEntry(entry) {
    entries.delete(entry.clientId);
    write(ENTRY + entry.clientId, null);
  }
  const queue = () => Array.from(entries.values()).sort((a, b) => a.at - b.at);

  /* Cards */
  const cards = new Map();
  const received = new Map();
  all("[data-person]", form).forEach((box) => {
    const id = box.dataset.person;
    const field = (name) => all(`[name="${id}.${name}"]`, box);
    cards.set(id, {
      id,
      box,
      entry: box.querySelector(".entry"),
      lines: box.querySelector(".lines"),
      button: box.querySelector(".save"),
      fault: box.querySelector(".faults"),
      temperature: field("temperature")[0],
      symptoms: field("symptoms"),
      what: field("what"),
      help: field("needsHelp")[0],
      slot: field("slot")[0],
      done: new Set(box.dataset.done ? box.dataset.done.split(" ") : []),
    });
  });
  const slotWords = (key) => {
    const named = words.slots[key];
    if (named) return named;
    const parts = key.split(/[-/]/);
    return say(words.slot[parts[3]], { y: parts[0], m: Number(parts[1]), d: Number(parts[2]) });
  };
  function answersOf(card) {
    const picked = card.symptoms.filter((one) => one.checked)[0];
    return {
      slot: card.slot.value,
      temperature: card.temperature.value.trim(),
      symptoms: picked ? picked.value : "",
      what: card.what.filter((one) => one.checked).map((one) => one.value),
      help: card.help.checked,
    };
  }
  const isBlank = (typed) => !typed.temperature && !typed.symptoms && !typed.help;
  function fill(card, typed) {
    card.temperature.value = typed.temperature;
    card.symptoms.forEach((one) => {
      one.checked = one.value === typed.symptoms;
    });
    card.what.forEach((one) => {
      one.checked = typed.what.indexOf(one.value) >= 0;
    });
    card.help.checked = typed.help;
    if (typed.slot && card.slot.tagName === "SELECT")
      all("option", card.slot).forEach((option) => {
        if (option.value === typed.slot) card.slot.value = typed.slot;
      });
  }
  const BLANK = { slot: "", temperature: "", symptoms: "", what: [], help: false };
  function keepDraft(card) {
    const typed = answersOf(card);
    write(DRAFT + card.id, isBlank(typed) ? null : typed);
  }

  /** Full-width digits and a Chinese full stop come from Chinese keyboards. undefined for what is no temperature. */
  function celsius(text) {
    const plain = text
      .replace(/[\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248))
      .replace(/[\uff0e\u3002\uff0c,]/g, ".")
      .replace(/\s|\u2103|\u00b0C|\u5ea6/gi, "");
    const number = /^\d\d(\.\d)?$/.test(plain) ? Number(plain) : 0;
    return number >= words.least && number <= words.most ? number : undefined;
  }
  function faultsOf(typed) {
    const faults = [];
    if (!typed.temperature) faults.push(["temperature", words.needTemperature]);
    else if (celsius(typed.temperature) === undefined) faults.push(["temperature", words.badTemperature]);
    if (!typed.symptoms) faults.push(["symptoms", words.needSymptoms]);
    return faults;
  }
  function showFaults(card, faults) {
    card.fault.textContent = "";
    faults.forEach((fault) => {
      const line = make("p", "error", fault[1]);
      line.insertBefore(make("span", "vh", words.error), line.firstChild);
      card.fault.appendChild(line);
    });
    card.box.classList[faults.length ? "add" : "remove"]("wrong");
    const wrong = faults.some((fault) => fault[0] === "temperature");
    if (wrong) card.temperature.setAttribute("aria-invalid", "true");
    else card.temperature.removeAttribute("aria-invalid");
  }

  function newId() {
    const bytes = new Uint8Array(16);
    if (window.crypto && crypto.getRandomValues) crypto.getRandomValues(bytes);
    else for (let at = 0; at < 16; at++) bytes[at] = Math.random() * 256;
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes).map((byte) => (byte + 256).toString(16).slice(1));
    return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /** Notes down what a card holds. False when something must be mended first. */
  function save(card) {
    const typed = answersOf(card);
    const faults = faultsOf(typed);
    showFaults(card, faults);
    if (faults.length) return false;
    queue().forEach((old) => {
      if (old.observationId !== card.id || old.slot !== typed.slot) return;
      // One that may have arrived is sent on, and this one after it corrects it; one that never left is replaced.
      if (old.refused || !old.tried) dropEntry(old);
    });
    const symptoms = typed.symptoms === "yes";
    const last = queue().pop();
    keepEntry({
      clientId: newId(),
      observationId: card.id,
      slot: typed.slot,
      temperature: celsius(typed.temperature),
      symptoms,
      what: symptoms ? typed.what : [],
      // Said in the words of this page, once and for good: the same entry must read the same however often it is sent.
      symptomText: symptoms ? typed.what.map((name) => words.what[name]).join(words.comma) : "",
      needsHelp: typed.help,
      takenAt: new Date(serverNow()).toISOString(),
      at: Math.max(Date.now(), last ? last.at + 1 : 0),
    });
    card.done.add(typed.slot);
    fill(card, BLANK);
    write(DRAFT + card.id, null);
    const inside = card.entry.contains(document.activeElement);
    fold(card);
    if (inside) card.entry.querySelector("summary").focus();
    return true;
  }
  /** All is in for now. Another slot of this person may be missing still: the card, opened again, asks for that one. */
  function fold(card) {
    const missing = all("option", card.slot).filter((option) => !card.done.has(option.value))[0];
    if (missing) card.slot.value = missing.value;
    card.entry.open = false;
    const summary = card.entry.querySelector("summary");
    summary.className = "";
    summary.querySelector("span").textContent = missing ? words.makeUp : words.correct;
  }
  function saveAll() {
    const wrong = [];
    cards.forEach((card) => {
      if (card.temperature && !isBlank(answersOf(card)) && !save(card)) wrong.push(card);
    });
    if (wrong.length) wrong[0].temperature.focus();
    flush();
    render();
  }

  /* Sending */
  let sending = false;
  let failures = 0;
  let most = 20;
  let timer = 0;
  // Asked to wait by the service itself: nobody's tap shortens that.
  let holdUntil = 0;
  let trouble = "";
  const waiting = () => queue().filter((entry) => !entry.refused);

  /** The oldest entry of each person: a correction never overtakes what it corrects. */
  function nextBatch() {
    const people = new Set();
    return waiting()
      .filter((entry) => !people.has(entry.observationId) && people.add(entry.observationId))
      .slice(0, most);
  }
  function flush() {
    if (sending || ticks() < holdUntil) return;
    clearTimeout(timer);
    timer = 0;
    const batch = nextBatch();
    if (!batch.length) return;
    sending = true;
    batch.forEach((entry) => {
      entry.tried = true;
      keepEntry(entry);
    });
    post(batch.map(wire), (status, body, retryAfter) => {
      sending = false;
      settle(batch, status, body, retryAfter);
      render();
    });
    render();
  }
  function wire(entry) {
    const sent = {};
    [
      "clientId",
      "observationId",
      "slot",
      "temperature",
      "symptoms",
      "symptomText",
      "needsHelp",
      "takenAt",
    ].forEach((name) => {
      if (entry[name] !== "") sent[name] = entry[name];
    });
    return sent;
  }
  let underway;
  let since = 0;
  function post(readings, done) {
    const request = new XMLHttpRequest();
    underway = request;
    since = ticks();
    let answered = false;
    const finish = () => {
      if (answered) return;
      answered = true;
      clearTimeout(watch);
      let body;
      try {
        body = JSON.parse(request.responseText);
      } catch (_) {
        // A proxy's page, or half an answer: as good as none.
      }
      done(request.status, body, Number(request.status && request.getResponseHeader("Retry-After")));
    };
    // Some old web views never fire "timeout".
    const watch = setTimeout(() => {
      request.abort();
      finish();
    }, 20000);
    request.open("POST", told.send);
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = 18000;
    request.onload = finish;
    request.onerror = finish;
    request.ontimeout = finish;
    request.onabort = finish;
    request.send(JSON.stringify({ readings }));
  }
  function settle(batch, status, body, retryAfter) {
    const results = body && status === 200 && Array.isArray(body.results) ? body.results : undefined;
    trouble = "";
    if (results) {
      let open = 0;
      batch.forEach((entry) => {
        const result = results.filter((one) => one.clientId === entry.clientId)[0];
        if (!result || result.status === 429 || result.status >= 500) open += 1;
        else if (result.status < 300) accept(entry, result);
        else refuse(entry, result);
      });
      if (!open) {
        failures = 0;
        if (waiting().length) setTimeout(flush, 0);
        return;
      }
    } else if (batch.length > 1 && (status === 400 || status === 413 || status === 422)) {
      // Something in the batch cannot be read: one by one finds out which.
      most = 1;
      setTimeout(flush, 0);
      return;
    } else if (body && body.title && (status === 400 || status === 413 || status === 422)) {
      refuse(batch[0], body);
      setTimeout(flush, 0);
      return;
    } else if (body && body.title && status >= 400 && status < 500) trouble = body.title;
    failures += 1;
    // A service in trouble is asked again soon, then ever more rarely; one that says "slow down" is obeyed.
    const backOff = Math.min(60000, 1000 << Math.min(failures, 6));
    const pause = status === 429 && retryAfter > 0 ? retryAfter * 1000 : backOff;
    if (status === 429) holdUntil = ticks() + pause;
    // Spread a little: everybody's signal comes back at once.
    later(pause * (1 + Math.random() / 4));
  }
  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(flush, pause + 1);
  }
  function accept(entry, result) {
    write(SENT + entry.clientId, { entry, result, at: serverNow() });
    dropEntry(entry);
    show(entry, result);
  }
  function show(entry, result) {
    const list = received.get(entry.observationId) || [];
    list.push({ entry, result });
    received.set(entry.observationId, list);
    const card = cards.get(entry.observationId);
    if (card) card.done.add(entry.slot);
  }
  function refuse(entry, result) {
    const paths = (result.errors || []).map((one) => one.path);
    if (paths.length && paths.every((path) => path === "takenAt") && entry.takenAt) {
      // The time of measuring is this phone's guess: without it the service takes its own.
      delete entry.takenAt;
      keepEntry(entry);
      setTimeout(flush, 0);
      return;
    }
    const newer = queue().some(
      (one) => one.observationId === entry.observationId && one.slot === entry.slot && one.at > entry.at,
    );
    if (newer) {
      dropEntry(entry);
      return;
    }
    entry.refused =
      (result.errors || []).map((one) => one.message).join(" ") || result.title || words.refusedPlain;
    keepEntry(entry);
    const card = cards.get(entry.observationId);
    if (!card || !card.temperature || !isBlank(answersOf(card))) return;
    fill(card, typedOf(entry));
    card.done.delete(entry.slot);
    card.entry.open = true;
  }
  const typedOf = (entry) => ({
    slot: entry.slot,
    temperature: entry.temperature.toFixed(1),
    symptoms: entry.symptoms ? "yes" : "no",
    what: entry.what,
    help: entry.needsHelp,
  });

  /* What is seen */
  function lineOf(entry) {
    const fever = entry.temperature >= words.feverFrom;
    const abnormal = fever || entry.symptoms;
    const text = [
      slotWords(entry.slot),
      say(fever ? words.fever : words.plain, { t: entry.temperature.toFixed(1) }),
      entry.symptoms ? words.ill : words.well,
      entry.needsHelp ? words.needs : "",
    ];
    return { abnormal, text: text.filter(Boolean).join(" · ") };
  }
  function pendingLine(entry, named) {
    const line = lineOf(entry);
    const box = make("div", entry.refused ? "line refused" : "line");
    const says = make(
      "p",
      line.abnormal ? "alarm" : "",
      (named ? `${entry.observationId} · ` : "") + line.text,
    );
    box.appendChild(says);
    if (entry.refused) {
      box.appendChild(make("p", "error", say(words.refused, { why: entry.refused })));
      const drop = make("button", "link", words.discard);
      drop.type = "button";
      drop.appendChild(make("span", "vh", ` ${entry.observationId}`));
      drop.addEventListener("click", () => {
        dropEntry(entry);
        const card = cards.get(entry.observationId);
        if (card) card.box.querySelector("h3").focus();
        render();
      });
      box.appendChild(drop);
    } else {
      box.appendChild(make("p", "", sending && entry.tried ? words.sending : words.unsent));
      if (line.abnormal) box.appendChild(make("p", "alarm", words.callNow));
    }
    return box;
  }
  function receivedLine(one) {
    const line = lineOf(one.entry);
    const box = make("div", "line");
    const notes = [say(words.received, { when: one.result.at || "" })];
    if (one.result.late) notes.push(words.late);
    if (one.result.corrected) notes.push(words.corrected);
    box.appendChild(make("p", line.abnormal ? "alarm" : "", line.text));
    box.appendChild(make("p", "soft", notes.join(" · ")));
    if (line.abnormal) box.appendChild(make("p", "alarm", words.told));
    return box;
  }
  function render() {
    const queued = queue();
    let done = 0;
    cards.forEach((card) => {
      const mine = queued.filter((entry) => entry.observationId === card.id);
      const sent = received.get(card.id) || [];
      const owes = card.box.dataset.owes;
      const reported = card.box.dataset.done.split(" ").indexOf(owes) >= 0;
      if (owes && (reported || sent.some((one) => one.entry.slot === owes))) done += 1;
      const lines = sent.map(receivedLine).concat(mine.map((entry) => pendingLine(entry)));
      const state = mine.some((one) => one.refused)
        ? "refused"
        : mine.length
          ? "unsent"
          : sent.length
            ? "sent"
            : "";
      const shown = JSON.stringify([state, sending, mine, sent.length]);
      if (card.shown === shown) return;
      card.shown = shown;
      card.lines.textContent = "";
      lines.forEach((line) => {
        card.lines.appendChild(line);
      });
      card.box.setAttribute("data-now", state);
    });
    const strays = queued.filter((entry) => !cards.has(entry.observationId));
    const list = byId("strays");
    list.hidden = !strays.length;
    const inside = list.querySelector(".lines");
    inside.textContent = "";
    strays.forEach((entry) => {
      inside.appendChild(pendingLine(entry, true));
    });
    const refused = queued.filter((entry) => entry.refused).length;
    const unsent = queued.length - refused;
    const bar = [say(words.done, { n: done })];
    if (unsent) bar.push(say(words.waiting, { n: unsent }));
    if (refused) bar.push(say(words.mend, { n: refused }));
    setText(byId("tally"), bar.join(" · "));
    let note = "";
    if (unsent && sending) note = words.sending;
    else if (unsent && trouble) note = trouble;
    else if (unsent && failures) note = words.offline;
    if (unsent && !keeps) note = words.stay;
    setText(byId("trouble"), note);
  }
  function setText(place, text) {
    // Written only when it changes: a screen reader says each writing.
    if (place.textContent !== text) place.textContent = text;
  }

  /* Begin */
  function load() {
    const before = Array.from(entries.values());
    const kept = read(ENTRY);
    if (!keeps) return;
    entries.clear();
    kept.forEach((pair) => {
      if (pair[1] && pair[1].clientId === pair[0]) entries.set(pair[0], pair[1]);
    });
    const sent = new Map(read(SENT));
    before.forEach((entry) => {
      const one = sent.get(entry.clientId);
      if (!entries.has(entry.clientId) && one && one.result) show(entry, one.result);
    });
  }
  read(SENT).forEach((pair) => {
    const { entry, result, at } = pair[1];
    const card = entry && cards.get(entry.observationId);
    // Another tab sent it while this page was on its way: the page does not know of it.
    if (card && at > Number(told.now) - 60000 && card.box.dataset.done.split(" ").indexOf(entry.slot) < 0)
      show(entry, result);
    else write(SENT + pair[0], null);
  });
  load();
  entries.forEach((entry) => {
    const card = cards.get(entry.observationId);
    if (!card || !card.temperature) return;
    if (entry.refused) {
      fill(card, typedOf(entry));
      card.entry.open = true;
    } else {
      card.done.add(entry.slot);
      if (isBlank(answersOf(card))) fold(card);
    }
  });
  read(DRAFT).forEach((pair) => {
    const card = cards.get(pair[0]);
    // Somebody who is no longer on the list cannot be entered: what was begun for them is forgotten.
    if (!card || !card.temperature) {
      write(DRAFT + pair[0], null);
      return;
    }
    if (!isBlank(answersOf(card))) return;
    fill(card, pair[1]);
    card.entry.open = true;
    if (pair[1].slot !== card.slot.value)
      showFaults(card, [["slot", say(words.otherSlot, { slot: slotWords(pair[1].slot) })]]);
  });

  cards.forEach((card) => {
    if (!card.temperature) return;
    card.entry.addEventListener("input", () => keepDraft(card));
    card.entry.addEventListener("change", () => keepDraft(card));
    card.button.addEventListener("click", () => {
      if (!save(card)) card.temperature.focus();
      flush();
      render();
    });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[form]");
    if (!button || button.name !== "_lang" || !keeps) return;
    // Drafts are on the phone already: another language is a plain visit.
    event.preventDefault();
    location.href = `${location.pathname}?lang=${button.value}`;
  });
  byId("send-all").addEventListener("click", (event) => {
    event.preventDefault();
    saveAll();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const box = document.activeElement && document.activeElement.closest("[data-person]");
    if (!box) return;
    const card = cards.get(box.dataset.person);
    if (save(card)) flush();
    render();
  });
  const again = () => {
    failures = 0;
    // A request that began before the signal came back may hang for good; sent anew it is stored once all the same.
    if (sending && ticks() - since > 2000) underway.abort();
    flush();
    turn();
  };
  window.addEventListener("online", again);
  window.addEventListener("pageshow", again);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) again();
  });
  window.addEventListener("storage", (event) => {
    if (event.key && event.key.indexOf(ENTRY) !== 0) return;
    load();
    render();
    // The other tab is at it; should it be closed, this one goes on.
    if (waiting().length && !sending && !timer) later(5000);
  });
  window.addEventListener("beforeunload", (event) => {
    if (keeps || !entries.size) return;
    event.preventDefault();
    event.returnValue = "";
  });

  /* When the next slot begins or this one closes, the list is another one. */
  let turning;
  function turn() {
    clearTimeout(turning);
    const left = Number(told.turn) - serverNow();
    if (left > 0) {
      turning = setTimeout(turn, Math.min(left + 500, 600000));
      return;
    }
    byId("turned").hidden = false;
  }
  turn();
  render();
  flush();
})();
