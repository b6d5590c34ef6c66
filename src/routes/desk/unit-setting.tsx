import { guarded } from "../../db/fault.ts";
import { addUnit, closeUnit, closingHeldBy, renameUnit } from "../../db/unit-change.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { ADDABLE, readUnitName } from "../../domain/unit-desk.ts";
import { acting, type Managed, openManaged, readPost } from "../../http/desk/manage.ts";
import { doneWords, firstWords, refused } from "../../http/desk/manage-page.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { isClientId } from "../../http/page-form.ts";
import { UnitSettingPage } from "../../views/desk/unit-setting.tsx";
import { SETTING } from "../../views/desk/units-words.ts";

/*
 * /desk/manage/<code>/unit: schools, enterprises, checkpoints and grids are added below a unit; it is renamed or closed by
 * whoever stands above it.
 */
export const unitSettingRoutes = factory
  .createApp()
  .get("/manage/:code/unit", async (c) => {
    const managed = await openSetting(c);
    return showSetting(c, managed, { said: doneWords(c, managed.desk) });
  })
  .post("/manage/:code/unit/add", async (c) => {
    const managed = await openSetting(c);
    const { desk, unit } = managed;
    const { lang } = desk;
    const typed = await readPost(c, desk);
    const kind = ADDABLE[unit.kind]?.find((one) => one === typed.kind);
    const name = refused(() => readUnitName(typed.name ?? "", "name", lang));
    const errors: FieldError[] = "errors" in name ? [...name.errors] : [];
    if (!kind) errors.unshift({ path: "kind", code: "required", message: SETTING.needKind[lang] });
    if ("errors" in name || !kind) return showSetting(c, managed, { errors, typed }, 422);
    const acted = acting(c, desk);
    if (isClientId(typed.clientId ?? "")) acted.auditId = (typed.clientId ?? "").toLowerCase();
    const added = await guarded(() =>
      addUnit(c.get("deps").db, { parent: unit.code, kind, name: name.value }, acted),
    );
    if (added === "closed") throw problem.alreadySettled();
    if (added === "full")
      return showSetting(
        c,
        managed,
        { errors: [{ path: "kind", code: "full", message: SETTING.full[lang] }], typed },
        409,
      );
    const at = added === "again" ? `${unit.code}/unit` : added.code;
    return c.redirect(desk.href(`/manage/${at}?did=unit`), 303);
  })
  .post("/manage/:code/unit/rename", async (c) => {
    const managed = await openSetting(c, true);
    const { desk, unit } = managed;
    const typed = await readPost(c, desk);
    const name = refused(() => readUnitName(typed.newName ?? "", "newName", desk.lang));
    if ("errors" in name) return showSetting(c, managed, { errors: [...name.errors], typed }, 422);
    const { db, privacy } = c.get("deps");
    const acted = acting(c, desk);
    const names = { code: unit.code, from: typed.seen ?? "", to: name.value };
    const sealed = await privacy.seal({ text: `${names.from} → ${names.to}` }, acted.auditId, "audit");
    if (await guarded(() => renameUnit(db, names, { ...acted, sealed })))
      return c.redirect(desk.href(`/manage/${unit.code}?did=rename`), 303);
    const said = await firstWords(c, desk, unit.code, ["rename-unit", "close-unit"]);
    return showSetting(c, managed, { said, typed }, 409);
  })
  .post("/manage/:code/unit/close", async (c) => {
    const managed = await openSetting(c, true);
    const { desk, unit } = managed;
    await readPost(c, desk);
    const { db } = c.get("deps");
    if (await guarded(() => closeUnit(db, unit.code, acting(c, desk))))
      return c.redirect(desk.href(`/manage/${unit.code}?did=close`), 303);
    const held = await closingHeldBy(db, unit.code);
    const said =
      !unit.closedAt && held.units + held.matters > 0
        ? SETTING.held(held.units, held.matters)[desk.lang]
        : await firstWords(c, desk, unit.code, ["close-unit"]);
    return showSetting(c, managed, { said }, 409);
  });

/** @param above only for whoever has the unit above in their scope */
async function openSetting(c: AppContext, above = false): Promise<Managed> {
  const managed = await openManaged(c, c.req.param("code") ?? "", "manage");
  if (above && !mayChange(managed)) throw problem.notAllowed();
  return managed;
}

/** A unit is renamed and closed from above it, not from within. */
const mayChange = ({ desk, unit }: Managed): boolean => unit.parent !== null && desk.sees(unit.parent);

async function showSetting(
  c: AppContext,
  managed: Managed,
  {
    errors = [],
    typed = {},
    said,
  }: { errors?: FieldError[]; typed?: Record<string, string>; said?: string | undefined },
  status: 200 | 409 | 422 = 200,
) {
  const { desk, unit, path } = managed;
  const open = unit.closedAt === null;
  return c.html(
    <UnitSettingPage
      {...{ desk, unit, errors, typed, said }}
      path={path.slice(0, -1)}
      addable={open ? (ADDABLE[unit.kind] ?? []) : []}
      mayChange={open && mayChange(managed)}
      clientId={c.get("deps").newId()}
    />,
    status,
  );
}
