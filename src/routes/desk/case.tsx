import type { FieldError } from "../../domain/problem.ts";
import { type CaseRecord, isPurpose, openRecord, revealPerson } from "../../http/desk/case.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readFields } from "../../http/unit-door.ts";
import { type CaseProps, RecordPage } from "../../views/desk/case.tsx";
import { RECORD } from "../../views/desk/case-words.ts";

/*
 * /desk/people/<person>: one person's whole record, masked; name, document, phone and address once, on record.
 */
export const caseRoutes = factory
  .createApp()
  .get("/people/:id", async (c) => {
    const desk = openDesk(c);
    return show(c, await openRecord(c, desk), { on: Boolean(c.req.query("before")) });
  })
  .post("/people/:id/reveal", async (c) => {
    const typed = await readFields(c, 500);
    const desk = openDesk(c, "reveal");
    const record = await openRecord(c, desk);
    const { purpose, text = "" } = typed;
    const refuse = (message: string, status: 422 | 429) => {
      const errors: FieldError[] = [{ path: "purpose", code: "required", message }];
      return show(c, record, { errors, typed }, status);
    };
    if (await slowed(c, desk.actor)) {
      c.header("Retry-After", String(SLOW_SECONDS));
      return refuse(RECORD.tooFast[desk.lang], 429);
    }
    if (!isPurpose(purpose)) return refuse(RECORD.choosePurpose[desk.lang], 422);
    const reveal = await revealPerson(c, desk, record, { purpose, text: text.trim() });
    // Read once more: the look itself stands in the history now.
    return show(c, await openRecord(c, desk), { reveal });
  })
  // A reader who comes back by the address bar, or switches the language, sees the record masked.
  .get("/people/:id/reveal", async (c) => {
    const desk = openDesk(c);
    return show(c, await openRecord(c, desk));
  });

function show(
  c: AppContext,
  record: CaseRecord,
  more: Pick<CaseProps, "reveal" | "errors" | "typed" | "on"> = {},
  status: 200 | 422 | 429 = 200,
) {
  const { home, ...rest } = record;
  // Only what the page shows is handed on: numbers of documents and where they live stay where they are.
  const { details: _, verification: __, people, ...clear } = home;
  const bare = people.map(({ document: ___, ...person }) => person);
  return c.html(
    <RecordPage {...rest} {...more} desk={openDesk(c)} home={{ ...clear, people: bare }} />,
    status,
  );
}
