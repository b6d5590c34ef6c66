/*
 * What a page gains when JavaScript is there; every page works without. A plain script in ES2015 for old phones:
 * one group of questions a screen with the browser's own Back, rules shown at once, rows added and removed in place,
 * a draft that outlives a reload (sessionStorage: gone with the tab), and copy and print buttons.
 */
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const MINUTE = 60000;

  // As tall as its text: nothing to be copied hides below an edge.
  all(".keep").forEach((text) => {
    text.style.height = 0;
    text.style.height = `${text.scrollHeight + 4}px`;
  });
  all("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => {
      const text = byId(button.dataset.copy);
      text.focus();
      text.select();
      text.setSelectionRange(0, text.value.length);
      // The old way works inside WeChat, where the new one is refused.
      if (!document.execCommand("copy")) return;
      button.textContent = button.dataset.done;
      // Back to where the reader was: the text may stand far below.
      button.focus();
    });
  });
  all("[data-print]").forEach((button) => {
    button.addEventListener("click", () => window.print());
  });

  const memory = {
    read(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch (_) {
        return null;
      }
    },
    write(key, value) {
      try {
        if (value) sessionStorage.setItem(key, JSON.stringify(value));
        else sessionStorage.removeItem(key);
      } catch (_) {
        // Storage is full or switched off: the page then simply forgets on reload.
      }
    },
  };
  all("[data-forget]").forEach((mark) => {
    memory.write(mark.dataset.forget, null);
  });

  const form = document.querySelector("form[data-live]");
  if (!form) return;
  const told = form.dataset;
  // Told in front only while there is something to mend.
  const title = document.title.replace(told.error.trim(), "").trim();
  const began = Date.now();

  /* Answers */
  const fieldsIn = (root) => all(".field", root);
  const controls = (field) => all("input,select,textarea", field);
  const rulesOf = (field) => (field.dataset.rules ? JSON.parse(field.dataset.rules) : {});
  const fieldAt = (path) => all(".field", form).filter((field) => field.dataset.field === path)[0];

  function answerOf(field) {
    const inputs = controls(field);
    const type = field.dataset.type;
    if (type === "select_multiple") {
      const picked = inputs.filter((input) => input.checked).map((input) => input.value);
      return picked.length ? picked : undefined;
    }
    if (inputs[0].type === "radio") {
      const picked = inputs.filter((input) => input.checked)[0];
      if (!picked) return undefined;
      return type === "yes_no" ? picked.value === "yes" : picked.value;
    }
    const texts = inputs.map((input) => input.value.trim());
    if (type === "datetime") return texts[0] && texts[1] ? `${texts[0]}T${texts[1]}` : undefined;
    if (type === "id_document") return texts[0] || texts[1] ? texts : undefined;
    if (texts[0] === "") return undefined;
    if (/integer|decimal|temperature/.test(type)) {
      // Full-width digits are typed by Chinese keyboards; 1,200 and 20万 are how reports write them.
      const plain = texts[0]
        .replace(/[\uff0c\uff0e\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248))
        .replace(/,(?=\d{3})/g, "")
        .replace(/ ?[万萬]$/, "e4");
      return Number.isNaN(Number(plain)) ? undefined : Number(plain);
    }
    return texts[0];
  }

  /* Rules, with the meaning of src/forms/rules.ts. Moments are the zone's wall clock, "2020-01-25T14:30". */
  function clock(minutes, days) {
    const [epoch, offset] = (told.now || "").split(" ").map(Number);
    if (!epoch) return undefined;
    // A phone's clock may be years off: it is believed only where it is a little ahead of the page's. A page may have
    // lain in a cache for some minutes, so that much is allowed; the server decides.
    const here = Date.now();
    const then = epoch + (here - began) + 15 * MINUTE;
    const now = here > then && here < then + 2880 * MINUTE ? here : then;
    const wall = new Date(now + (offset + minutes + days * 1440) * MINUTE).toISOString();
    return wall.slice(0, 16);
  }
  function lookUp(name, own) {
    const path = own.dataset.field;
    const row = path.replace(/[^.]+$/, "");
    const field = name === "." ? own : fieldAt(row + name) || fieldAt(name);
    return field && !field.hidden ? answerOf(field) : undefined;
  }
  function resolve(operand, own) {
    if ("value" in operand) return operand.value;
    if ("today" in operand) return (clock(0, operand.today) || "").slice(0, 10) || undefined;
    if ("now" in operand) return clock(operand.now, 0);
    return lookUp(operand.field, own);
  }
  function holds(rule, own) {
    const each = (part) => holds(part, own);
    if (rule.op === "and") return rule.rules.every(each);
    if (rule.op === "or") return rule.rules.some(each);
    if (rule.op === "not") return !each(rule.rule);
    if (rule.op === "answered") return lookUp(rule.field, own) !== undefined;
    if (rule.op === "selected") {
      const value = lookUp(rule.field, own);
      return Array.isArray(value) ? value.indexOf(rule.choice) >= 0 : value === rule.choice;
    }
    let a = resolve(rule.left, own);
    let b = resolve(rule.right, own);
    if (a === undefined || b === undefined || typeof a === "object" || typeof b === "object") return false;
    const day = /^\d{4}-\d\d-\d\d(T|$)/;
    if (day.test(a) && day.test(b) && a.length !== b.length) {
      a = a.slice(0, 10);
      b = b.slice(0, 10);
    }
    if (rule.op === "eq") return a === b;
    if (rule.op === "ne") return a !== b;
    if (typeof a !== typeof b || typeof a === "boolean") return false;
    return { lt: a < b, le: a <= b, gt: a > b, ge: a >= b }[rule.op];
  }
  function refresh() {
    fieldsIn(form).forEach((field) => {
      const relevant = rulesOf(field).relevant;
      if (relevant) field.hidden = !holds(relevant, field);
    });
  }

  /* Errors, in the server's own shape */
  const touchedIn = (root) =>
    controls(root).some((input) => (/radio|checkbox/.test(input.type) ? input.checked : input.value));
  // Cards that stay blank today, where the form allows it and another one is filled in.
  function idleRows() {
    const rows = told.partial ? all(".row", form) : [];
    const idle = rows.filter((row) => !touchedIn(row));
    return idle.length < rows.length ? idle : [];
  }
  function faultOf(field) {
    const rules = rulesOf(field);
    const answer = answerOf(field);
    const touched = touchedIn(field);
    // What is there but cannot be read (a half date, a word for a number) is the server's to name.
    if (answer === undefined)
      return touched && field.dataset.type !== "datetime" ? undefined : rules.required;
    const broken = (rules.constraint || []).filter((one) => !holds(one.rule, field))[0];
    return broken && broken.message;
  }
  function clearFaults() {
    const summary = byId("problems");
    if (summary) summary.remove();
    all(".wrong", form).forEach((field) => {
      field.classList.remove("wrong");
      all(".error", field).forEach((old) => {
        old.remove();
      });
      all("[aria-invalid]", field).forEach((old) => {
        old.removeAttribute("aria-invalid");
      });
    });
    document.title = titleNow();
  }
  function make(tag, attributes, text) {
    const made = document.createElement(tag);
    Object.keys(attributes).forEach((name) => {
      made.setAttribute(name, attributes[name]);
    });
    if (text) made.textContent = text;
    return made;
  }
  function mark(field, message) {
    const path = field.dataset.field;
    const inside = field.querySelector("fieldset") || field;
    const error = make("p", { class: "error", id: `e-${path}` }, message);
    error.insertBefore(make("span", { class: "vh" }, told.error), error.firstChild);
    inside.insertBefore(error, inside.querySelector(".choices,.pair,input,select,textarea,.with-sign"));
    field.classList.add("wrong");
    const first = controls(field)[0];
    if (first.type !== "radio") first.setAttribute("aria-invalid", "true");
    const described = (first.getAttribute("aria-describedby") || "")
      .split(" ")
      .filter((id) => id && id[0] !== "e");
    first.setAttribute("aria-describedby", described.concat(`e-${path}`).join(" "));
  }
  function accept(root) {
    refresh();
    clearFaults();
    const idle = idleRows();
    const faults = fieldsIn(root)
      .filter((field) => !field.hidden && !idle.some((row) => row.contains(field)))
      .map((field) => ({ field, message: faultOf(field) }))
      .filter((one) => one.message);
    if (!faults.length) return true;
    const summary = make("div", { class: "problems", role: "alert", id: "problems", tabindex: "-1" });
    const words = faults.length === 1 ? told.problem : told.problems.replace("{n}", faults.length);
    summary.appendChild(make("h2", {}, words));
    const list = summary.appendChild(make("ul", {}));
    faults.forEach((one) => {
      mark(one.field, one.message);
      const item = list.appendChild(make("li", {}));
      const whose = one.field.closest("[data-who]");
      const message = (whose ? whose.dataset.who : "") + one.message;
      item.appendChild(make("a", { href: `#f-${one.field.dataset.field}` }, message));
    });
    form.insertBefore(summary, form.firstChild);
    document.title = titleNow();
    summary.focus();
    window.scrollTo(0, 0);
    return false;
  }

  /* One group a screen */
  const groups = told.steps ? all("section.group", form) : [];
  let step = 0;
  let counter;
  let back;
  // Comes along when the page is posted for another language or village, so that the reader stays where they were.
  const place = form.querySelector("[name=_step]");
  const stepWords = () => told.stepWords.replace("{n}", step + 1).replace("{all}", groups.length);
  const titleNow = () =>
    (byId("problems") ? told.error : "") + (groups.length ? `${stepWords()} - ${title}` : title);
  function show(next, quiet) {
    step = Math.max(0, Math.min(next, groups.length - 1));
    groups.forEach((group, at) => {
      group.hidden = at !== step;
    });
    all("[data-first]").forEach((part) => {
      part.hidden = step > 0;
    });
    page.classList[step > 0 ? "add" : "remove"]("later");
    counter.textContent = stepWords();
    place.value = step;
    back.hidden = step === 0 || !!told.change;
    document.title = titleNow();
    if (quiet) return;
    window.scrollTo(0, 0);
    groups[step].querySelector("h2").focus();
  }
  const stepOf = (element) => groups.findIndex((group) => group.contains(element));
  // How many steps of this page lie behind in the browser's history.
  const behind = () => (history.state && history.state.behind) || 0;
  function go(next) {
    history.pushState({ step: next, behind: behind() + 1 }, "");
    clearFaults();
    show(next);
  }
  function goBack() {
    if (behind()) history.back();
    else {
      // A page that began in the middle (language, change of village): the step before is not in the history.
      history.replaceState({ step: step - 1 }, "");
      clearFaults();
      show(step - 1);
    }
  }
  function toField(event) {
    const link = event.target.closest(".problems a");
    const target = link && byId(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const at = stepOf(target);
    if (at >= 0 && at !== step) {
      history.pushState({ step: at, behind: behind() + 1 }, "");
      show(at);
    }
    (target.closest(".field") || target).scrollIntoView();
    target.focus();
  }

  /* Rows */
  function settle(rows) {
    const name = rows.dataset.repeat;
    const list = all(".row", rows);
    const pattern = rows.querySelector("template").innerHTML;
    list.forEach((row, at) => {
      const number = (text) => text.replace(new RegExp(`${name}\\.(\\d+|__row__)`, "g"), `${name}.${at}`);
      [row].concat(all("*", row)).forEach((element) => {
        ["id", "name", "for", "aria-describedby", "data-field"].forEach((key) => {
          const value = element.getAttribute(key);
          if (value) element.setAttribute(key, number(value));
        });
      });
      const words = make("div", {});
      words.innerHTML = pattern.replace(/__row__/g, at).replace(/__no__/g, at + 1);
      row.querySelector("legend").textContent = words.querySelector("legend").textContent;
      const old = row.querySelector(".remove");
      if (old) old.remove();
      if (list.length > Number(rows.dataset.min)) row.appendChild(words.querySelector(".remove"));
    });
    const add = rows.querySelector(".add");
    if (add) add.hidden = list.length >= Number(rows.dataset.max);
    refresh();
  }
  function addRow(rows) {
    const made = make("div", {});
    made.innerHTML = rows.querySelector("template").innerHTML;
    const row = rows.insertBefore(made.firstElementChild, rows.querySelector("template"));
    settle(rows);
    return row;
  }
  function changeRows(button) {
    const rows = button.closest(".rows");
    let at;
    if (button.classList.contains("add")) at = addRow(rows);
    else {
      const row = button.closest(".row");
      at = row.previousElementSibling || row.nextElementSibling;
      row.remove();
      settle(rows);
    }
    at.scrollIntoView();
    at.focus();
    keep();
  }

  /* The draft */
  const kept = () =>
    all("input,select,textarea", form).filter((one) => one.name[0] !== "_" && one.type !== "hidden");
  const client = form.querySelector("[name=_client]");
  function keep() {
    if (!told.draft) return;
    const on = (one) => !/radio|checkbox/.test(one.type) || one.checked;
    const entries = kept()
      .filter(on)
      .map((one) => [one.name, one.value]);
    memory.write(told.draft, { client: client && client.value, entries });
  }
  function restore() {
    const draft = told.draft && memory.read(told.draft);
    if (!draft || !told.restore) return;
    all(".rows", form).forEach((rows) => {
      const name = rows.dataset.repeat;
      const wanted = draft.entries
        .filter((entry) => entry[0].indexOf(`${name}.`) === 0)
        .reduce((most, entry) => Math.max(most, Number(entry[0].split(".")[1]) + 1), 0);
      for (let n = all(".row", rows).length; n < Math.min(wanted, Number(rows.dataset.max)); n++)
        addRow(rows);
    });
    kept().forEach((one) => {
      const values = draft.entries.filter((entry) => entry[0] === one.name).map((entry) => entry[1]);
      if (!values.length) return;
      if (/radio|checkbox/.test(one.type)) one.checked = values.indexOf(one.value) >= 0;
      else one.value = values[0];
    });
    if (client && draft.client) client.value = draft.client;
  }
  function freshId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* Begin */
  restore();
  if (client && !client.value) client.value = freshId();
  keep();
  refresh();
  if (groups.length) {
    const bar = make("div", { class: "stepbar" });
    counter = bar.appendChild(make("p", { class: "step" }));
    back = bar.appendChild(make("button", { type: "button", class: "link" }, `‹ ${told.back}`));
    back.addEventListener("click", goBack);
    form.insertBefore(bar, groups[0]);
    page.classList.add("steps");
    const wanted = form.querySelector(".wrong") || form.querySelector("[autofocus]");
    const first = wanted ? stepOf(wanted) : history.state ? history.state.step || 0 : Number(told.at || 0);
    history.replaceState({ step: first, behind: behind() }, "");
    show(first, true);
    const focus = byId("problems") || form.querySelector("[autofocus]");
    if (focus) focus.focus();
    window.addEventListener("popstate", (event) => {
      clearFaults();
      if (event.state) show(event.state.step || 0);
    });
  } else if (byId("problems")) byId("problems").focus();

  document.addEventListener("click", toField);
  form.addEventListener("input", refresh);
  form.addEventListener("change", () => {
    refresh();
    keep();
  });
  window.addEventListener("pagehide", keep);
  let sentAt = 0;
  window.addEventListener("pageshow", () => {
    sentAt = 0;
    refresh();
  });
  // The language switches and the default button stand outside the form's element, so the page listens.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.form !== form || button.type !== "submit") return;
    if (button.matches(".add,.remove")) {
      event.preventDefault();
      changeRows(button);
    } else if (!button.hasAttribute("formnovalidate")) {
      if (!accept(groups[step] || form)) event.preventDefault();
      else if (groups.length && step < groups.length - 1 && !told.change) {
        event.preventDefault();
        go(step + 1);
      }
    }
  });
  form.addEventListener("submit", (event) => {
    keep();
    // A second tap while the first is on its way; after five seconds it is a new try.
    if (Date.now() - sentAt < 5000) event.preventDefault();
    else sentAt = Date.now();
  });
})();
