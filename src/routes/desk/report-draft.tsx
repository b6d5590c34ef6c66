import { findParagraphs, NONE, saveParagraphs } from "../../db/paragraph.ts";
import { findIssued, issueReport } from "../../db/situation-report.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import {
  changedFigures,
  lateFigures,
  PARAGRAPH_MOST,
  reportNumber,
  WHY_MOST,
} from "../../domain/snapshot.ts";
import { MINUTE } from "../../domain/time.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { docxAnswer } from "../../http/desk/report-file.ts";
import {
  draftOf,
  draftPath,
  heldOf,
  linksOf,
  namesOfActors,
  readAsked,
  textOf,
} from "../../http/desk/reports.ts";
import { type AppContext, type Deps, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { type Draft, draftReport } from "../../http/situation-report.ts";
import { readFields } from "../../http/unit-door.ts";
import { figureName } from "../../views/desk/figure-name.ts";
import { DraftPage, type DraftRefused, type StandingView } from "../../views/desk/report-draft.tsx";
import { ReportPrintPage } from "../../views/desk/report-print.tsx";
import { REPORT } from "../../views/desk/report-words.ts";

/*
 * /desk/reports/<template>: a draft out of the books as of a cut-off, its free paragraphs, and issuing it. What is issued
 * is what was seen: a draft that has changed since is shown again instead.
 */
export const reportDraftRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = await openReading(c);
    return showDraft(c, desk, await draftOf(c, desk));
  })
  .get("/docx", async (c) => {
    const desk = await openReading(c);
    const draft = await draftOf(c, desk);
    const { template, unit, lang, report, snapshot } = draft;
    const name = `${template.id}-${unit.code}-${snapshot.asOf.slice(0, 16).replace(/\D/g, "")}`;
    return docxAnswer(c, textOf(report), { lang, mark: REPORT.draft[lang], by: unit.name, name });
  })
  .get("/print", async (c) => {
    const desk = await openReading(c);
    const draft = await draftOf(c, desk);
    return c.html(
      <ReportPrintPage
        lang={desk.lang}
        script={draft.lang}
        back={desk.href(draftPath(draft))}
        report={textOf(draft.report)}
        mark={REPORT.draft[draft.lang]}
      />,
    );
  })
  .post("/paragraphs", async (c) => {
    const { desk, typed } = await openPost(c, "settle");
    const asked = await readAsked(c, desk);
    const deps = c.get("deps");
    const { template, unit, asOf } = asked;
    const place = { unit: unit.code, template: template.id, asOf };
    const wanted = heldOf(template, typed);
    const errors: FieldError[] = [];
    const clean = new Map(wanted.map(({ slot }) => [slot, cleanText(typed[`text.${slot}`] ?? "")] as const));
    for (const [slot, text] of clean) {
      const label = labelOf(template.slots, slot, desk.lang);
      const path = `text.${slot}`;
      if ([...text].length > PARAGRAPH_MOST)
        errors.push({ path, code: "too-long", message: REPORT.tooLong(label, PARAGRAPH_MOST)[desk.lang] });
      else if (/[^\P{Cc}\n\t]|\p{Cs}/u.test(text))
        errors.push({ path, code: "characters", message: REPORT.unreadable(label)[desk.lang] });
    }
    if (errors.length > 0) return showDraft(c, desk, await draftReport(deps, asked), { errors, typed }, 422);
    const before = await findParagraphs(deps, place, wanted);
    const changed = wanted
      .map(({ slot, held }) => ({ slot, held, text: clean.get(slot) ?? "" }))
      .filter(({ slot, text }) => text !== (before.get(slot)?.text ?? ""));
    const acted = { actor: desk.actor, auditId: deps.newId(), now: desk.now };
    if (await saveParagraphs(deps, place, changed, acted))
      return c.redirect(desk.href(`${draftPath(asked)}&did=save`), 303);
    const draft = await draftReport(deps, asked);
    const beaten = changed
      .filter(({ slot, held }) => (draft.paragraphs.get(slot)?.held ?? NONE) !== held)
      .map(({ slot }) => slot);
    return showDraft(c, desk, draft, { beatenSlots: beaten, typed }, 409);
  })
  .post("/issue", async (c) => {
    const { desk, typed } = await openPost(c, "issue");
    const asked = await readAsked(c, desk);
    const deps = c.get("deps");
    const { lang, now, zone, actor } = desk;
    const draft = await draftReport(deps, asked);
    const { template, unit, asOf, from, report, snapshot, hash, seen, versions } = draft;
    const held = Number(/^\d{1,6}$/.exec(typed.version ?? "")?.[0] ?? 0);
    const why = cleanText(typed.why ?? "");
    const latest = versions[0];
    if ((latest?.version ?? 0) !== held) return showDraft(c, desk, draft, { notIssued: "beaten", why }, 409);
    if (typed._seen !== seen) return showDraft(c, desk, draft, { notIssued: "moved", why }, 409);
    const fault = (path: string, message: string) =>
      showDraft(c, desk, draft, { errors: [{ path, code: path, message }], why }, 422);
    // What was recorded within the last minute may still be on its way: a frozen figure is the one a recount brings.
    if (now.getTime() - asOf.getTime() < MINUTE) return fault("issue", REPORT.tooSoon[lang]);
    if (latest && (await sameAs(deps, latest.id, draft)))
      return fault("issue", REPORT.noChange(latest.version)[lang]);
    if (latest && !why) return fault("why", REPORT.needWhy[lang]);
    if ([...why].length > WHY_MOST) return fault("why", REPORT.tooLong(REPORT.why[lang], WHY_MOST)[lang]);
    const id = reportNumber(asOf, zone, deps.newId());
    const place = { unit: unit.code, template: template.id, lang: asked.lang, asOf };
    const words = { title: report.title, blocks: report.blocks, text: report.text, why };
    const issued = await issueReport(
      deps,
      { ...place, id, from, held, snapshot, hash, words },
      { actor, auditId: deps.newId(), now },
    );
    if (issued) return c.redirect(desk.href(`/reports/issued/${id}?did=issue`), 303);
    return showDraft(c, desk, await draftReport(deps, asked), { notIssued: "beaten", why }, 409);
  });

/** Somebody who may look, and has not asked too often: each draft counts every figure of the unit. */
async function openReading(c: AppContext): Promise<Desk> {
  const desk = openDesk(c);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  return desk;
}

async function openPost(c: AppContext, act: "settle" | "issue") {
  const desk = openDesk(c, act);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  return { desk, typed: await readFields(c, 4 * PARAGRAPH_MOST) };
}

/** Whether a version says what the draft says. */
async function sameAs(deps: Deps, id: string, { report }: Draft): Promise<boolean> {
  const frozen = await findIssued(deps, id);
  if (frozen?.intact === "unreadable") return false;
  return (
    frozen?.words.text === report.text && changedFigures(frozen.snapshot.figures, report.figures).length === 0
  );
}

const cleanText = (text: string) => text.replace(/\r\n?/g, "\n").trim();

type Slots = Draft["template"]["slots"];
const labelOf = (slots: Slots, name: string, lang: Desk["lang"]): string =>
  slots.find((one) => one.name === name)?.label[lang === "zh-Hant" ? "zh-Hant" : "zh-Hans"] ?? name;

async function showDraft(
  c: AppContext,
  desk: Desk,
  draft: Draft,
  more: Omit<DraftRefused, "beaten"> & { beatenSlots?: string[]; typed?: Record<string, string> } = {},
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { template, unit, asOf, from, lang: script, late, book, report, seen, paragraphs, versions } = draft;
  const [latest] = versions;
  const [frozen, nameOfActor] = await Promise.all([
    latest && findIssued(deps, latest.id),
    namesOfActors(deps, [...[...paragraphs.values()].map(({ by }) => by), latest?.by]),
  ]);
  const { beatenSlots = [], typed, ...refused } = more;
  const slots = template.slots.map(({ name }) => {
    const { text = "", held = NONE, by, at, writtenFor } = paragraphs.get(name) ?? {};
    const label = labelOf(template.slots, name, desk.lang);
    const kept = writtenFor && writtenFor < asOf ? writtenFor : undefined;
    return { name, label, held, at, kept, who: nameOfActor(by), text: typed?.[`text.${name}`] ?? text };
  });
  const standing: StandingView | undefined = frozen && {
    ...{ id: frozen.id, version: frozen.version, who: nameOfActor(frozen.by), at: frozen.recordedAt },
    // Of one that was altered beyond reading nothing can be compared; it can be corrected.
    ...(frozen.intact === "unreadable"
      ? { changes: [], words: true }
      : {
          changes: changedFigures(frozen.snapshot.figures, report.figures),
          words: frozen.words.text !== report.text,
        }),
  };
  return c.html(
    <DraftPage
      {...refused}
      beaten={slots.filter(({ name }) => beatenSlots.includes(name))}
      desk={desk}
      draftAt={(part) => draftPath(draft, part)}
      name={template.name[desk.lang]}
      {...{ unit: { code: unit.code, name: unit.name }, asOf, from, script, seen, late, slots, standing }}
      completeness={book.completeness}
      report={textOf(report)}
      lateFigures={lateFigures(report.figures, book)}
      otherWay={draftPath({ ...draft, late: !late })}
      linkOf={linksOf(desk, { unit: unit.code, asOf, from, late })}
      nameOf={(id) => figureName(id, desk.lang)}
      saved={c.req.query("did") === "save"}
    />,
    status,
  );
}
