import { localIso } from "../../domain/as-of.ts";
import { readPlotAsk, readPlotMoment } from "../../domain/plot.ts";
import { ProblemError, problem } from "../../domain/problem.ts";
import { openCharts, openChoice } from "../../http/desk/charts.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { ChartsPage } from "../../views/desk/charts.tsx";
import { FIGURE_SENT } from "../../views/desk/figure-assets.ts";
import { sending } from "../sending.ts";

/** What the charts load; before the session, as they say nothing. */
export const figureAssetRoutes = factory.createApp().get("/:name", sending(FIGURE_SENT));

/**
 * /desk/figures: the charts of a unit as of a moment. A day and a time out of the form lead to their moment's own address;
 * what cannot be one stands in the form again, with what to mend.
 */
export const chartRoutes = factory.createApp().get("/", async (c) => {
  const desk = openDesk(c);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  const { days = "", date = "", time = "" } = c.req.query();
  const { now, zone, lang } = desk;
  const { unit, units } = await openChoice(c, desk);
  try {
    if (date) {
      const asked = readPlotAsk({ days }, { now, zone, lang });
      const asOf = readPlotMoment(date, time.trim(), { now, zone, lang });
      const query = new URLSearchParams({
        unit: unit.code,
        days: `${asked.days}`,
        ...(asOf < now ? { asOf: localIso(asOf, zone) } : {}),
      });
      return c.redirect(desk.href(`/figures?${query}`), 303);
    }
    const { charts, ...asked } = await openCharts(c, desk, unit);
    return c.html(<ChartsPage desk={desk} asked={{ ...asked, unit, units }} charts={charts} />);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== "invalid") throw error;
    const errors = (error.problem.errors ?? []).map((one) => ({
      ...one,
      path: one.path === "asOf" ? "date" : one.path,
    }));
    return c.html(<ChartsPage desk={desk} asked={{ unit, units, days, date, time }} errors={errors} />, 422);
  }
});
