import { localIso } from "../../domain/as-of.ts";
import { readPlotAsk, readPlotMoment } from "../../domain/plot.ts";
import { problem } from "../../domain/problem.ts";
import { openCharts } from "../../http/desk/charts.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { ChartsPage } from "../../views/desk/charts.tsx";
import { FIGURE_SENT } from "../../views/desk/figure-assets.ts";
import { sending } from "../sending.ts";

/** What the charts load; before the session, as they say nothing. */
export const figureAssetRoutes = factory.createApp().get("/:name", sending(FIGURE_SENT));

/** /desk/figures: the charts of a unit as of a moment. A day and a time out of the form lead to their moment's own address. */
export const chartRoutes = factory.createApp().get("/", async (c) => {
  const desk = openDesk(c);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  const { unit = "", days = "", date, time = "" } = c.req.query();
  if (date) {
    const { now, zone, lang } = desk;
    const asked = readPlotAsk({ days }, { now, zone, lang });
    const asOf = readPlotMoment(date, time.trim(), { now, zone, lang });
    const query = new URLSearchParams({
      unit: unit.trim() || desk.scope.code,
      days: `${asked.days}`,
      ...(asOf < now ? { asOf: localIso(asOf, zone) } : {}),
    });
    return c.redirect(desk.href(`/figures?${query}`), 303);
  }
  return c.html(<ChartsPage desk={desk} charts={await openCharts(c, desk)} />);
});
