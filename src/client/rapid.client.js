/*
 * One record after another on a phone, with or without a network; form.client.js shows and checks the questions, and the page
 * works without either. A plain script in ES2015 for old phones. What is noted down is kept on the phone before anything is
 * sent (one key an entry, so that two tabs never undo each other) and goes out in lists under a client id of each entry's own,
 * again and again until the service has answered for it: however often it is sent, it is stored once. An answer takes its entry
 * off the phone; what the service refuses stays, with what to mend.
 */
(() => {
  const box = document.getElementById("rapid");
  const form = document.getElementById("form");
  if (!box || !form) return;
  const told = box.dataset;
  const words = JSON.parse(told.words);
  const keeps = JSON.parse(told.keep);
  const MOST = Number(told.most);
  // So long an entry waits before it is sent by itself: to be taken back.
  const HOLD = 8000;
  const SHOWN = 5;
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => (name in values ? values[name] : ""));
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const ticks = () => (window.performance && performance.now ? performance.now() : Date.now());

  /* What the phone keeps */
  const SHELF = `rapid/${told.store}/`;
  const ENTRY = `${SHELF}entry/`;
  const MEND = `${SHELF}mend/`;
  let stores = true;
  const entries = new Map();
  const mends = new Map();
  /** What was sent from this page, without its answers. */
  const sent = [];
  function write(key, value) {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
      return true;
    } catch (_) {
      // Full or switched off: the page still holds it, and says that it must stay open.
      if (value) stores = false;
      return false;
    }
  }
  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (_) {
      return null;
    }
  }
  function shelf(prefix) {
    const found = new Map();
    try {
      for (let at = 0; at < localStorage.length; at++) {
        const key = localStorage.key(at);
        const one = key.indexOf(prefix) === 0 ? read(key) : null;
        if (one && one.id === key.slice(prefix.length)) found.set(one.id, one);
      }
    } catch (_) {
      stores = false;
    }
    return found;
  }
  function keepEntry(entry) {
    entries.set(entry.id, entry);
    return write(ENTRY + entry.id, entry);
  }
  function dropEntry(entry) {
    entries.delete(entry.id);
    write(ENTRY + entry.id, null);
  }
  const queue = () => Array.from(entries.values()).sort((a, b) => a.at - b.at);
  const waiting = () => queue().filter((entry) => !entry.refused);

  /* How many were noted today, by the phone's own day */
  const dayOf = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  function countOf() {
    const kept = read(`${SHELF}day`);
    return kept && kept.day === dayOf(Date.now()) ? kept.n : 0;
  }
  function count(by) {
    write(`${SHELF}day`, { day: dayOf(Date.now()), n: Math.max(0, countOf() + by) });
  }

  /* The form */
  const fieldNamed = (name) => all(".field", form).filter((field) => field.dataset.field === name)[0];
  const controls = (root) =>
    all("input,select,textarea", root).filter((one) => one.name && one.type !== "hidden");
  const isMark = (one) => one.type === "radio" || one.type === "checkbox";
  const hiddenPart = (one) => one.closest("[hidden]");
  /** Names and values of what is asked now and answered. */
  const answers = () =>
    controls(form)
      .filter((one) => !hiddenPart(one) && (isMark(one) ? one.checked : one.value.trim()))
      .map((one) => [one.name, isMark(one) ? one.value : one.value.trim()]);
  /** 人数 2 · 小车 · 进 · 外省: what was tapped, nothing that was written. */
  function briefOf() {
    const said = all(".field", form)
      .filter((field) => !hiddenPart(field))
      .map((field) => {
        const type = field.dataset.type;
        if (type === "integer") {
          const input = field.querySelector("input");
          return input.value ? `${field.querySelector("label").textContent.trim()} ${input.value}` : "";
        }
        const mark = field.querySelector("input:checked + label");
        if (!mark) return "";
        if (type === "select_one") return mark.textContent;
        return type === "yes_no" && mark.previousElementSibling.value === "yes"
          ? field.querySelector("legend").textContent
          : "";
      });
    return said.filter(Boolean).slice(0, 6).join(" · ");
  }
  function fill(values) {
    controls(form).forEach((one) => {
      const mine = values.filter((pair) => pair[0] === one.name).map((pair) => pair[1]);
      if (isMark(one)) one.checked = mine.indexOf(one.value) >= 0;
      else one.value = mine.length ? mine[0] : "";
    });
    changed();
  }
  function keepSome() {
    write(
      `${SHELF}keep`,
      answers().filter((pair) => keeps.indexOf(pair[0]) >= 0),
    );
  }
  /** As the page brought it, with what stays from the entry before. */
  function begin() {
    const kept = read(`${SHELF}keep`) || [];
    controls(form).forEach((one) => {
      const mine = kept.filter((pair) => pair[0] === one.name)[0];
      if (!mine) return;
      if (isMark(one)) one.checked = one.value === mine[1];
      else one.value = mine[1];
    });
    changed();
  }
  function empty() {
    form.reset();
    begin();
  }
  /** form.client.js hides what does not apply; a part in which nothing applies goes with it. */
  function changed() {
    form.dispatchEvent(new Event("input"));
    parts();
  }
  function parts() {
    all("section.group", form).forEach((part) => {
      part.hidden = all(".field", part).every((field) => field.hidden);
    });
    all(".quick button", form).forEach((button) => {
      const input = fieldNamed(button.parentNode.dataset.for).querySelector("input");
      button.setAttribute("aria-pressed", String(input.value.trim() === button.value));
    });
  }
  JSON.parse(told.quick).forEach((one) => {
    const field = fieldNamed(one[0]);
    if (!field) return;
    const row = make("div", "quick");
    row.setAttribute("data-for", one[0]);
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", field.querySelector("label").textContent);
    const input = field.querySelector("input");
    for (let n = one[1]; n <= one[2]; n++) {
      const button = make("button", "", String(n));
      button.type = "button";
      button.value = String(n);
      button.addEventListener("click", () => {
        input.value = button.value;
        changed();
      });
      row.appendChild(button);
    }
    input.parentNode.insertBefore(row, input);
  });

  function newId() {
    const bytes = new Uint8Array(16);
    if (window.crypto && crypto.getRandomValues) crypto.getRandomValues(bytes);
    else for (let at = 0; at < 16; at++) bytes[at] = Math.random() * 256;
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes).map((byte) => (byte + 256).toString(16).slice(1));
    return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  form.addEventListener("submit", (event) => {
    // form.client.js has looked at the answers: only what is complete comes here.
    event.preventDefault();
    parts();
    if (entries.size >= MOST) {
      render();
      return;
    }
    const last = queue().pop();
    const at = Math.max(Date.now(), last ? last.at + 1 : 0);
    count(1);
    const entry = { id: newId(), at, n: countOf(), brief: briefOf(), answers: answers() };
    date(entry);
    keepEntry(entry);
    keepSome();
    empty();
    window.scrollTo(0, 0);
    soon();
    render();
  });
  form.addEventListener("input", parts);
  form.addEventListener("change", parts);
  byId("clear").addEventListener("click", (event) => {
    event.preventDefault();
    empty();
  });

  /* Sending */
  let sending = false;
  let failures = 0;
  let most = 50;
  let timer = 0;
  let holdUntil = 0;
  let trouble = "";
  let closed = "";
  // Asked once with an empty list: whether the link still opens, and what the service's clock says.
  let greeted = false;
  let underway;
  let since = 0;
  // What was noted by then was asked to be sent at once, whatever came in the way of it.
  let hurried = 0;
  const isReady = (entry) => {
    const now = Date.now();
    return entry.tried || entry.at <= hurried || entry.at > now || now - entry.at >= HOLD;
  };
  const ready = () => waiting().filter(isReady);
  /** By the service's clock, as far as this phone was ever told it. Once and for good: sent again it must read the same. */
  function date(entry) {
    const clock = read(`${SHELF}clock`);
    if (clock && !entry.undated && !entry.occurredAt)
      entry.occurredAt = new Date(entry.at + clock.ahead).toISOString();
  }

  function soon() {
    if (!timer && !sending) later(failures ? 1000 << Math.min(failures, 6) : HOLD + 100);
  }
  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      flush();
    }, pause);
  }
  function flush() {
    if (sending || ticks() < holdUntil) return;
    clearTimeout(timer);
    timer = 0;
    const batch = ready().slice(0, most);
    if (!batch.length && greeted) {
      if (waiting().length) soon();
      return;
    }
    sending = true;
    // The service's clock is asked first where it was never heard: what a phone's own says may be years off.
    const list = greeted ? batch : [];
    list.forEach((entry) => {
      date(entry);
      entry.tried = true;
      keepEntry(entry);
    });
    post(list.map(wire), (status, body, retryAfter) => {
      sending = false;
      settle(list, status, body, retryAfter);
      render();
    });
    render();
  }
  const wire = (entry) => ({ clientId: entry.id, occurredAt: entry.occurredAt, answers: entry.answers });
  function post(list, done) {
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
    }, 25000);
    request.open("POST", told.send);
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = 23000;
    request.onload = finish;
    request.onerror = finish;
    request.ontimeout = finish;
    request.onabort = finish;
    request.send(JSON.stringify({ entries: list }));
  }
  function settle(list, status, body, retryAfter) {
    const results = body && status === 200 && Array.isArray(body.results) ? body.results : undefined;
    trouble = "";
    if (results) {
      greeted = true;
      closed = "";
      if (body.now) write(`${SHELF}clock`, { ahead: body.now - Date.now() });
      let open = 0;
      list.forEach((entry) => {
        const result = results.filter((one) => one.clientId === entry.id)[0];
        if (!result) open += 1;
        else if (result.status === 200) accept(entry, result);
        else refuse(entry, result);
      });
      if (!open) {
        failures = 0;
        if (ready().length) setTimeout(flush, 0);
        else if (waiting().length) soon();
        return;
      }
    } else if (body && body.title) {
      if (list.length > 1 && (status === 400 || status === 413 || status === 422)) {
        // Too much at once, or something that cannot be read: fewer at a time finds out which.
        most = Math.max(1, Math.floor(list.length / 2));
        setTimeout(flush, 0);
        return;
      }
      if (list.length && (status === 400 || status === 413)) {
        refuse(list[0], body);
        setTimeout(flush, 0);
        return;
      }
      if (status === 404 || status === 410) {
        closed = body.title;
        if (!entries.size) forget();
      } else if (status === 401) trouble = words.signIn;
      else if (status >= 400 && status < 500) trouble = body.title;
    }
    failures += 1;
    const backOff = Math.min(60000, 1000 << Math.min(failures, 6));
    const pause = status === 429 && retryAfter > 0 ? retryAfter * 1000 : backOff;
    // Asked to wait by the service itself: nobody's tap shortens that.
    if (status === 429) holdUntil = ticks() + pause;
    // Spread a little: everybody's signal comes back at once.
    if (entries.size || !greeted) later(pause * (1 + Math.random() / 4) + 1);
  }
  function accept(entry, result) {
    dropEntry(entry);
    const done = { id: entry.id, n: entry.n, brief: entry.brief, number: result.number };
    if (result.registered) {
      done.caseNumber = result.registered.caseNumber;
      done.link = result.registered.link;
    }
    if (result.mend) {
      done.mend = result.mend.join(" ");
      mends.set(done.id, done);
      write(MEND + done.id, done);
    } else sent.push(done);
  }
  function refuse(entry, result) {
    const errors = result.errors || [];
    const clock = errors.filter((one) => one.path === "occurredAt" && one.code !== "too-early");
    if (errors.length && clock.length === errors.length && entry.occurredAt) {
      // The moment is this phone's guess: without it the service takes its own.
      delete entry.occurredAt;
      entry.undated = true;
      keepEntry(entry);
      return;
    }
    entry.refused = errors.map((one) => one.message).join(" ") || result.title || " ";
    keepEntry(entry);
  }
  /** The link is no longer in use and nothing waits: this phone need not open the page any more. */
  function forget() {
    if (!told.worker || !navigator.serviceWorker || !window.caches) return;
    navigator.serviceWorker.getRegistration(told.scope).then((found) => {
      if (!found) return;
      Promise.all([found.unregister(), caches.delete(`rapid ${found.scope}`)]).then(() => location.reload());
    });
  }

  /* What is seen */
  function button(text, about, act) {
    const made = make("button", "link", text);
    made.type = "button";
    made.appendChild(make("span", "vh", ` ${about}`));
    made.addEventListener("click", () => {
      act();
      render();
      byId("last-title").parentNode.querySelector("button").focus();
    });
    return made;
  }
  function anchor(text, href) {
    const made = make("a", "", text);
    made.href = href;
    return made;
  }
  /** Back into the form, under an id of its own when it is saved again. */
  function takeBack(entry) {
    const kept = read(ENTRY + entry.id);
    if (kept && kept.tried && !kept.refused) {
      // Another tab is sending it: what may have arrived is withdrawn on its record's page.
      entries.set(kept.id, kept);
      return;
    }
    dropEntry(entry);
    count(-1);
    fill(entry.answers);
    window.scrollTo(0, 0);
  }
  function line(one) {
    const box = make("li", one.refused || one.mend ? "refused" : entries.has(one.id) ? "unsent" : "");
    const head = make("p", "");
    head.appendChild(make("strong", "", `${one.n}.`));
    head.appendChild(document.createTextNode(` ${one.brief}`));
    box.appendChild(head);
    if (one.refused) {
      box.appendChild(make("p", "error", say(words.refused, { why: one.refused })));
      box.appendChild(button(words.edit, one.n, () => takeBack(one)));
      box.appendChild(
        button(words.discard, one.n, () => {
          dropEntry(one);
        }),
      );
    } else if (entries.has(one.id)) {
      const state = make("p", "soft", `${words.unsent} `);
      // One that may have arrived already is withdrawn on its record's page.
      if (!one.tried) state.appendChild(button(words.undo, one.n, () => takeBack(one)));
      box.appendChild(state);
    } else {
      const state = make("p", "soft", `${words.sent} ${one.number} `);
      state.appendChild(anchor(words.open, `${told.records + one.number}?lang=${told.lang}`));
      box.appendChild(state);
      if (one.link) {
        const known = make("p", "", `${say(words.registered, { n: one.caseNumber })} `);
        known.appendChild(anchor(words.link, one.link));
        box.appendChild(known);
      }
      if (one.mend) {
        box.appendChild(make("p", "error", words.mend));
        box.appendChild(make("p", "", one.mend));
        box.appendChild(make("p", "", words.mendHint));
        box.appendChild(
          button(words.known, one.n, () => {
            mends.delete(one.id);
            write(MEND + one.id, null);
          }),
        );
      }
    }
    return box;
  }
  let shown = "";
  function render() {
    const queued = queue();
    const refused = queued.filter((entry) => entry.refused);
    const unsent = queued.filter((entry) => !entry.refused);
    const toMend = refused.concat(Array.from(mends.values()));
    const lines = toMend.slice(0, 20).concat(unsent.slice(-SHOWN).reverse(), sent.slice(-SHOWN).reverse());
    const list = toMend.slice(0, 20).concat(lines.slice(Math.min(toMend.length, 20)).slice(0, SHOWN));
    const state = JSON.stringify(list.map((one) => [one.id, one.refused, one.tried, one.number]));
    if (state !== shown) {
      shown = state;
      const place = byId("last");
      place.textContent = "";
      list.forEach((one) => {
        place.appendChild(line(one));
      });
      if (toMend.length > 20) place.appendChild(make("li", "", say(words.more, { n: toMend.length - 20 })));
    }
    const n = countOf();
    const bar = [n ? say(words.noted, { n }) : words.none];
    if (unsent.length) bar.push(say(words.waiting, { n: unsent.length }));
    else if (n && !refused.length) bar.push(words.allSent);
    if (toMend.length) bar.push(say(words.toMend, { n: toMend.length }));
    setText(byId("tally"), bar.join(told.lang === "en" ? ", " : "，"));
    let note = "";
    if (entries.size >= MOST) note = say(words.full, { n: MOST });
    else if (closed) note = entries.size ? say(words.revoked, { n: entries.size, who: words.who }) : closed;
    else if (entries.size && !stores) note = words.stay;
    else if (unsent.length && sending) note = words.sending;
    else if (unsent.length && trouble) note = trouble;
    else if (unsent.length && (failures || navigator.onLine === false)) note = words.offline;
    setText(byId("trouble"), note);
    form.querySelector(".rapid-bar").classList[note ? "add" : "remove"]("says");
    setText(byId("fits"), say(words.fits, { left: MOST - entries.size }));
    byId("send-now").hidden = !unsent.length;
  }
  function setText(place, text) {
    // Written only when it changes: a screen reader says each writing.
    if (place.textContent !== text) place.textContent = text;
  }

  /* Begin */
  function load() {
    const found = shelf(ENTRY);
    // What this page alone holds, because the phone's storage is full, stays.
    if (!stores) {
      entries.forEach((entry) => {
        if (!found.has(entry.id)) found.set(entry.id, entry);
      });
    }
    entries.clear();
    found.forEach((entry) => {
      entries.set(entry.id, entry);
    });
    mends.clear();
    shelf(MEND).forEach((one) => {
      mends.set(one.id, one);
    });
  }
  load();
  if (!document.querySelector(".wrong")) begin();
  else changed();

  byId("send-now").addEventListener("click", () => {
    failures = 0;
    hurried = Date.now();
    flush();
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[form]");
    if (!pressed || pressed.name !== "_lang") return;
    // Nothing that was saved is in the form: another language is a plain visit.
    event.preventDefault();
    location.href = `${location.pathname}?lang=${pressed.value}`;
  });
  const again = () => {
    failures = 0;
    // A request that began before the signal came back may hang for good; sent anew it is stored once all the same.
    if (sending && ticks() - since > 2000) underway.abort();
    flush();
    render();
  };
  window.addEventListener("online", again);
  window.addEventListener("offline", render);
  window.addEventListener("pageshow", again);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) again();
  });
  let looking = 0;
  window.addEventListener("storage", (event) => {
    if (event.key && event.key.indexOf(SHELF) !== 0) return;
    // Sent or taken back in another tab: this one must not send it after that.
    if (event.key && event.key.indexOf(ENTRY) === 0 && !event.newValue)
      entries.delete(event.key.slice(ENTRY.length));
    // Another tab takes them off one by one: looked at once they have settled.
    clearTimeout(looking);
    looking = setTimeout(() => {
      load();
      render();
      soon();
    }, 300);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!waiting().length) return;
    event.preventDefault();
    event.returnValue = "";
  });
  setText(byId("reopen"), words.keepOpen);
  if (told.worker && navigator.serviceWorker)
    navigator.serviceWorker
      .register(told.worker, { scope: told.scope })
      .then((found) => {
        const done = () => {
          box.setAttribute("data-kept", "1");
          setText(byId("reopen"), words.reopen);
        };
        if (found.active) {
          done();
          return;
        }
        const coming = found.installing || found.waiting;
        coming.addEventListener("statechange", () => {
          if (coming.state === "activated") done();
        });
      })
      .catch(() => {
        // Private windows refuse it: the open page goes on working.
      });
  render();
})();
