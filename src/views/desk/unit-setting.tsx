import type { FieldError } from "../../domain/problem.ts";
import type { AddedKind } from "../../domain/unit-desk.ts";
import { ErrorSummary } from "../form.tsx";
import { AskText } from "../unit-parts.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Ask, AskSelect, Crumbs } from "./units-parts.tsx";
import { SETTING, UNITS } from "./units-words.ts";

/** /desk/manage/<code>/unit: the unit itself, renamed, closed, and units added below it. */
export const UnitSettingPage = ({
  desk,
  unit,
  path,
  addable,
  mayChange,
  clientId,
  said,
  errors,
  typed,
}: {
  desk: DeskView & { sees: (code: string) => boolean };
  unit: { code: string; name: string };
  path: readonly { code: string; name: string }[];
  addable: readonly AddedKind[];
  /** Whether the unit lies below this official's own, so that it can be renamed and closed. */
  mayChange: boolean;
  clientId: string;
  said?: string | undefined;
  errors: readonly FieldError[];
  typed: Record<string, string>;
}) => {
  const { lang } = desk;
  const here = `/manage/${unit.code}/unit`;
  const common = { errors, lang };
  return (
    <DeskPage
      desk={desk}
      title={`${SETTING.title[lang]} · ${unit.name}`}
      path={here}
      room="/units"
      error={errors.length > 0}
    >
      <Crumbs desk={desk} path={path} />
      <ErrorSummary errors={errors} lang={lang} />
      {said ? (
        <p class="note" role="status">
          {said}
        </p>
      ) : null}
      <h1>{unit.name}</h1>
      <p>
        <a class="tap" href={desk.href(`/manage/${unit.code}`)}>
          {UNITS.manage[lang]}
        </a>
      </p>
      {addable.length > 0 ? (
        <section aria-labelledby="add">
          <h2 id="add">{SETTING.add[lang]}</h2>
          <p class="hint">{SETTING.addHint[lang]}</p>
          <form method="post" action={desk.href(`${here}/add`)} class="narrow-form">
            <input type="hidden" name="clientId" value={clientId} />
            <AskSelect
              {...common}
              name="kind"
              label={SETTING.kind[lang]}
              choices={Object.fromEntries(addable.map((kind) => [kind, UNITS.kinds[kind]]))}
              choose="—"
              value={typed.kind}
            />
            <AskText {...common} name="name" label={SETTING.name[lang]} max={60} value={typed.name} />
            <button type="submit" class="main">
              {SETTING.add[lang]}
            </button>
          </form>
        </section>
      ) : null}
      {mayChange ? (
        <>
          <section aria-labelledby="rename">
            <h2 id="rename">{SETTING.rename[lang]}</h2>
            <form method="post" action={desk.href(`${here}/rename`)} class="narrow-form">
              <input type="hidden" name="seen" value={unit.name} />
              <AskText
                {...common}
                name="newName"
                label={SETTING.newName[lang]}
                max={60}
                value={typed.newName ?? unit.name}
              />
              <button type="submit" class="second">
                {SETTING.rename[lang]}
              </button>
            </form>
          </section>
          <section aria-labelledby="close">
            <h2 id="close">{SETTING.close[lang]}</h2>
            <p>{SETTING.closeHint[lang]}</p>
            <Ask label={SETTING.close[lang]}>
              <form method="post" action={desk.href(`${here}/close`)}>
                <button type="submit" class="second narrow">
                  {SETTING.closeButton[lang]}
                </button>
              </form>
            </Ask>
          </section>
        </>
      ) : null}
    </DeskPage>
  );
};
