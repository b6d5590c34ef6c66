import { COUNTED, TOLD } from "../db/alert.ts";
import { problem } from "../domain/problem.ts";
import { acknowledgeAlert, openAlertDoor } from "../http/alert-door.ts";
import { factory } from "../http/factory.ts";
import { frameOf } from "../http/frame.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { AlertPage } from "../views/alert.tsx";
import { withLang } from "../views/layout.tsx";

/*
 * /a/<token>: an alert's own page with its whole story, and one button to acknowledge it.
 */
export const alertRoutes = factory
  .createApp()
  .get("/a/:token", async (c) => {
    const { token, lang: _, now: __, ...story } = await openAlertDoor(c);
    return c.html(
      <AlertPage
        {...story}
        frame={await frameOf(c)}
        path={`/a/${token}`}
        ackMinutes={c.get("deps").settings.ACK_MINUTES}
        bounds={{ counted: COUNTED, told: TOLD }}
      />,
    );
  })
  .post("/a/:token/ack", sameSite, formBodies, async (c) => {
    const door = await openAlertDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    await acknowledgeAlert(c, door);
    return c.redirect(withLang(`/a/${door.token}`, door.lang), 303);
  });
