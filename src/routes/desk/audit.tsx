import { recordActOnce } from "../../db/audit.ts";
import { listAudit } from "../../db/audit-log.ts";
import { lastSeal, unsealed } from "../../db/audit-seal.ts";
import { listOffices } from "../../db/office.ts";
import { runBatch } from "../../db/store.ts";
import { AUDIT_FIELDS, readAuditFilter } from "../../http/desk/audit.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { readFields } from "../../http/unit-door.ts";
import { AuditPage } from "../../views/desk/audit.tsx";

/** Lines of a page, officials to choose from, and how far what is not sealed yet is counted. */
const SHOWN = 50;
const OFFICIALS = 200;
const COUNTED = 200;

/*
 * /desk/audit: who did what to which subject, in the reader's scope; and how far the chain over it goes. What to look for
 * is posted, and comes back as an address of codes: what somebody types by mistake must not stand in one.
 */
export const auditRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c, "audit");
    return show(c, desk, c.req.query());
  })
  .post("/", async (c) => {
    const desk = openDesk(c, "audit");
    const given = await readFields(c, 200);
    const { errors, typed } = await readAuditFilter(c.get("deps"), desk, { ...given, before: undefined });
    if (errors.length > 0) return show(c, desk, { ...given, before: undefined });
    const query = AUDIT_FIELDS.flatMap((name): [string, string][] =>
      typed[name] ? [[name, typed[name]]] : [],
    );
    return c.redirect(desk.href(query.length > 0 ? `/audit?${new URLSearchParams(query)}` : "/audit"), 303);
  });

async function show(c: AppContext, desk: Desk, given: Record<string, string | undefined>) {
  const deps = c.get("deps");
  const { actor, now, today, officer, scope } = desk;
  const { filter, typed, before, errors } = await readAuditFilter(deps, desk, given);
  const last = await lastSeal(deps.db);
  const [{ lines, next }, offices, waiting] = await Promise.all([
    errors.length > 0 ? { lines: [], next: undefined } : listAudit(deps, filter, { before, limit: SHOWN }),
    listOffices(deps, scope, { limit: OFFICIALS }),
    unsealed(deps.db, last, COUNTED + 1),
    // Once an official and day: the words behind the lines may tell of people.
    runBatch(deps.db, [
      recordActOnce(deps.db, {
        ...{ id: `look-audit/${today}/${actor}`, actor, act: "look-audit", subjectId: actor },
        ...{ unitCode: officer.unit.code, recordedAt: now },
      }),
    ]),
  ]);
  return c.html(
    <AuditPage
      desk={desk}
      lines={lines}
      next={next && `${next.at}.${next.id}`}
      // What was wrong is shown again where it was typed, and in no address.
      typed={errors.length > 0 ? { ...given, before: undefined } : typed}
      paged={before !== undefined}
      officials={offices.map(({ id, name, unit }) => ({
        actor: `official/${id}`,
        name: `${unit.name} ${name}`,
      }))}
      chain={last && { date: last.date, part: last.part, upto: new Date(last.uptoAt) }}
      waiting={waiting}
      counted={COUNTED}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}
