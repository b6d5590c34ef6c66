import { problem } from "../../domain/problem.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { openFigure } from "../../http/desk/figure.ts";
import { factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { FigurePage } from "../../views/desk/figure.tsx";

/** /desk/figures/<figure>: what it was counted from. */
export const figureRoutes = factory.createApp().get("/:figure", async (c) => {
  const desk = openDesk(c);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  const page = await openFigure(c, desk, c.req.param("figure"));
  return c.html(<FigurePage desk={desk} {...page} />, page.errors.length > 0 ? 422 : 200);
});
