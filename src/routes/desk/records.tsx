import { recordForms } from "../../../forms/records.ts";
import { countOpen, openByUnit } from "../../db/record-list.ts";
import { findUnit, listChildren } from "../../db/unit.ts";
import { problem } from "../../domain/problem.ts";
import { formOf } from "../../domain/record.ts";
import type { RecordForm } from "../../forms/define.ts";
import { type Desk, inScope, openDesk } from "../../http/desk/door.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { filedBelow, files, todaysHours } from "../../http/unit-record.ts";
import { DeskRecordPage, DeskRecordsPage, type UnitLine } from "../../views/desk/records.tsx";

/* /desk/records: how the records of the official's units stand, in numbers. Who and what stands on the units' own pages. */
export const createDeskRecordRoutes = (forms: readonly RecordForm[]) =>
  factory
    .createApp()
    .get("/", async (c) => {
      const desk = openDesk(c);
      const { unit } = desk.officer;
      const shown = forms.filter((form) => files(form, unit.kind) || filedBelow(form, unit.kind));
      const { db } = c.get("deps");
      const names = shown.map(({ name }) => name);
      const counts = await countOpen(db, names, { code: unit.code }, desk.now);
      const none = { open: 0, overdue: 0 };
      return c.html(
        <DeskRecordsPage
          desk={desk}
          forms={shown.map((form) => ({ form, ...(counts.get(form.name) ?? none) }))}
        />,
      );
    })
    .get("/:form", async (c) => {
      const desk = openDesk(c);
      const form = formOf(forms, c.req.param("form"));
      return showForm(c, desk, form);
    });

export const deskRecordRoutes = createDeskRecordRoutes(recordForms);

/** One form by the units right below one, the official's own unless another of their scope is asked for. */
async function showForm(c: AppContext, desk: Desk, form: RecordForm) {
  const deps = c.get("deps");
  const asked = c.req.query("unit") ?? desk.officer.unit.code;
  inScope(desk, asked);
  const unit = await findUnit(deps.db, asked);
  if (!unit) throw problem.caseNotFound();
  const scope = { code: unit.code };
  const [open, today, children] = await Promise.all([
    openByUnit(deps.db, form.name, scope, desk.now),
    todaysHours(deps, form, scope, desk),
    listChildren(deps.db, unit.code),
  ]);
  const lines = new Map<string, UnitLine>();
  const lineOf = (code: string): UnitLine => {
    const child = children.find(
      (one) => code === one.code || (code.startsWith(one.code) && one.kind !== "grid"),
    );
    // What is of a unit that was closed since counts with the one that it was below.
    const { code: key, name, kind } = child ?? unit;
    const found = lines.get(key);
    if (found) return found;
    const deeper = child !== undefined && filedBelow(form, kind);
    const line: UnitLine = {
      code: key,
      name,
      own: child === undefined,
      deeper,
      open: 0,
      overdue: 0,
      today: 0,
    };
    lines.set(key, line);
    return line;
  };
  for (const { code, ...counts } of open) {
    const line = lineOf(code);
    line.open += counts.open;
    line.overdue += counts.overdue;
  }
  for (const [code, n] of today.byUnit) lineOf(code).today += n;
  const concerned = children.filter(({ kind }) => files(form, kind) || filedBelow(form, kind));
  return c.html(
    <DeskRecordPage
      {...{ desk, form, unit, hours: today.hours }}
      units={[...lines.values()].sort((a, b) => Number(b.own) - Number(a.own) || (a.code < b.code ? -1 : 1))}
      others={concerned.filter(({ code }) => !lines.has(code)).length}
    />,
  );
}
