import { readSearch } from "../../domain/line-list.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { filterOf, openList, type PeopleList, searchPeople } from "../../http/desk/people.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readFields } from "../../http/unit-door.ts";
import { PeoplePage, type PeopleProps } from "../../views/desk/people.tsx";
import { PEOPLE } from "../../views/desk/people-words.ts";

/*
 * /desk/people: the line list. Filters are codes and stand in the address; a name, phone or document is posted, and the
 * answer is the page.
 */
export const peopleRoutes = factory
  .createApp()
  .get("/people", async (c) => {
    const desk = openDesk(c);
    const on = Boolean(c.req.query("after"));
    return show(c, await openList(c, desk, filterOf(c, desk)), { on });
  })
  .post("/people", async (c) => {
    const desk = openDesk(c);
    // Searched for, never kept: what is longer than a number or a name is none.
    const { q = "", after } = await readFields(c, 2_000);
    const sought = readSearch(q);
    if (await slowed(c, desk.actor)) {
      c.header("Retry-After", String(SLOW_SECONDS));
      return refuse(c, q, PEOPLE.tooFast[desk.lang], 429);
    }
    if (!sought) return refuse(c, q, PEOPLE.searchNeeded[desk.lang], 422);
    if (sought.by === "number") {
      const { household, place } = sought;
      return c.redirect(
        desk.href(place ? `/people/${household}-${place}` : `/people?number=${household}`),
        303,
      );
    }
    const found = await searchPeople(c, desk, sought, after || undefined);
    return show(c, found, { search: { by: sought.by, text: q }, on: Boolean(after) });
  });

/** The list as it is, with what was typed and why it could not be looked for. */
async function refuse(c: AppContext, typed: string, message: string, status: 422 | 429) {
  const desk = openDesk(c);
  const list = await openList(c, desk, { unit: desk.scope.code });
  return show(c, list, { typed, on: false, errors: [{ path: "q", code: "search", message }] }, status);
}

function show(
  c: AppContext,
  list: PeopleList,
  more: Pick<PeopleProps, "search" | "typed" | "errors" | "on">,
  status: 200 | 422 | 429 = 200,
) {
  const days = c.get("deps").settings.OBSERVATION_DAYS;
  return c.html(<PeoplePage desk={openDesk(c)} {...list} {...more} days={days} />, status);
}
