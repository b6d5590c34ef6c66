import { listSilent, listUnits, MOST, rangeOf, searchUnits, unitRow } from "../../db/unit-desk.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { openManaged } from "../../http/desk/manage.ts";
import { factory } from "../../http/factory.ts";
import { UnitsPage } from "../../views/desk/units.tsx";

/** A unit costs ten rows read at most: a page stays below 300. */
const LISTED = 25;
/** A name has no more characters; see domain/unit.ts. */
const NAME_LENGTH = 60;

/*
 * /desk/units: the units below one (?of=), those that a search finds (?q=), or those that nobody would hear for.
 */
export const unitListRoutes = factory.createApp().get("/units", async (c) => {
  const { of, show: shown, q: typed = "" } = c.req.query();
  const { desk, unit, path } = await openManaged(c, of ?? openDesk(c).scope.code);
  const { now, today, scope } = desk;
  const { db } = c.get("deps");
  const q = [...typed.trim()].slice(0, NAME_LENGTH).join("");
  const show = q ? "search" : shown === "silent" ? "silent" : "below";
  const after = afterOf(c.req.query("after"));
  const asked = { now, today, limit: LISTED, after };
  const [{ rows, next }, own] = await Promise.all([
    show === "search"
      ? searchUnits(db, rangeOf(scope), q, asked)
      : show === "silent"
        ? listSilent(db, rangeOf(scope), asked)
        : listUnits(db, unit.code, asked),
    show === "below" && !after ? unitRow(db, unit.code, { now, today }) : undefined,
  ]);
  return c.html(
    <UnitsPage
      {...{ desk, path, own, rows, next, show, q }}
      of={unit}
      continued={after !== undefined}
      most={MOST}
    />,
  );
});

/** Where a list goes on; anything that is no code starts it anew, and what lies outside the scope finds nothing more. */
const afterOf = (after: string | undefined): string | undefined =>
  after && /^[0-9A-Z]{6,18}$/.test(after) ? after : undefined;
