import { openBoard } from "../../http/desk/board.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { factory } from "../../http/factory.ts";
import { BoardPage } from "../../views/desk/board.tsx";

/** /desk: what is overdue and due next. */
export const boardRoutes = factory.createApp().get("/", async (c) => {
  const desk = openDesk(c);
  return c.html(<BoardPage desk={desk} board={await openBoard(c, desk)} />);
});
