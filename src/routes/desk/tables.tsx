import { problem } from "../../domain/problem.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { openTablePage, tablesFor, takeTable } from "../../http/desk/tables.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readFields } from "../../http/unit-door.ts";
import { TablePage } from "../../views/desk/table.tsx";
import { TablesPage } from "../../views/desk/tables.tsx";

/** /desk/tables: the bureaus' tables, filled by the service; on paper, and as files. */
export const tableRoutes = factory
  .createApp()
  .get("/", (c) => {
    const desk = openDesk(c);
    return c.html(<TablesPage desk={desk} tables={tablesFor(desk)} />);
  })
  .get("/:table", async (c) => {
    const desk = openDesk(c);
    const page = await paced(c, desk);
    return c.html(<TablePage desk={desk} {...page} />, page.errors.length > 0 ? 422 : 200);
  })
  // Posted, for it leaves a line in the history: nothing that follows links takes a file.
  .post("/:table/file", async (c) => {
    const desk = openDesk(c, "export");
    const { format = "" } = await readFields(c, 20);
    const page = await paced(c, desk);
    if (!page.table) return c.html(<TablePage desk={desk} {...page} />, 422);
    return takeTable(c, desk, page.table, format);
  });

async function paced(c: AppContext, desk: Desk) {
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  return openTablePage(c, desk);
}
