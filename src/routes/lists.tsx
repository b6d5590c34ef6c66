import { recordForms } from "../../forms/records.ts";
import { listStanding, type OpenItem } from "../db/record-shown.ts";
import { namesOf } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import type { RecordForm } from "../forms/define.ts";
import { recordFormNamed } from "../forms/record.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { frameOf, townsOf } from "../http/frame.ts";
import { COUNTY, type OpenTown, PublicListPage } from "../views/public-list.tsx";

/** More than this on one page is no first visit of one round trip: the reader then chooses a town, below what is of none. */
const WHOLE = 60;
/** A town's page at most. */
const OF_A_TOWN = 200;

/** /lists/<form>: what anybody may read of a form's records, where it opens them. */
export const createListRoutes = (forms: readonly RecordForm[]) =>
  factory.createApp().get("/:form", async (c) => {
    const form = recordFormNamed(forms, c.req.param("form"));
    if (!form?.record.open) throw problem.notFound();
    return showList(c, form);
  });

export const listRoutes = createListRoutes(recordForms);

async function showList(c: AppContext, form: RecordForm) {
  const deps = c.get("deps");
  const { db, settings } = deps;
  const [frame, towns] = await Promise.all([frameOf(c), townsOf(deps)]);
  const asked = c.req.query("town");
  const town = asked ? towns.find(({ code }) => code === asked) : undefined;
  if (asked && !town) throw problem.unitNotFound();
  const stays = form.record.steps.length === 0;
  const limit = town ? OF_A_TOWN : WHOLE + 1;
  const found = await listStanding(db, form.name, {
    prefix: town?.code ?? settings.COUNTY_CODE,
    ...{ stays, limit },
  });
  const long = !town && found.length > WHOLE;
  const shown = long
    ? await listStanding(db, form.name, {
        ...{ prefix: settings.COUNTY_CODE, townless: true, stays, limit: WHOLE },
      })
    : found;
  const names = await namesOf(db, [...new Set(shown.map(({ unitCode }) => unitCode))]);
  return c.html(
    <PublicListPage
      {...frame}
      list={form}
      towns={groupedByTown(shown, towns, { ...frame, names })}
      choose={long ? towns.map(({ code, name }) => ({ code, name })) : undefined}
      town={town && { code: town.code, name: town.name }}
    />,
    200,
    { "Cache-Control": "public, max-age=300", Vary: "Accept-Language" },
  );
}

/** What the county itself entered first, then town by town. */
function groupedByTown(
  found: readonly OpenItem[],
  towns: readonly { code: string; name: string }[],
  { names, county }: { names: Map<string, string>; county: string },
): OpenTown[] {
  const groups = new Map<string, OpenTown>();
  for (const { id, unitCode, facts } of found) {
    const town = towns.find(({ code }) => unitCode.startsWith(code));
    const key = town?.code ?? COUNTY;
    const group = groups.get(key) ?? { code: key, name: town?.name ?? county, items: [] };
    group.items.push({ id, unitName: names.get(unitCode) ?? unitCode, facts });
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => Number(b.code === COUNTY) - Number(a.code === COUNTY) || (a.code < b.code ? -1 : 1),
  );
}
