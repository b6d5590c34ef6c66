import type { FieldError } from "../domain/problem.ts";
import { ErrorSummary, Hidden } from "./form.tsx";
import { EXCUSE } from "./unit-case-words.ts";
import { AskText, type DoorView, UnitPage } from "./unit-parts.tsx";
import { FORM } from "./words.ts";

export type ExcusePageProps = {
  door: DoorView;
  clientId: string;
  /** The units directly below that report. */
  units: { code: string; name: string }[];
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
};

/** A superior excuses a unit below from its daily reports, in advance and with a reason. */
export const ExcusePage = ({ door, clientId, units, errors = [], typed = {} }: ExcusePageProps) => {
  const { lang } = door;
  const unitError = errors.find(({ path }) => path === "unit");
  return (
    <UnitPage door={door} title={EXCUSE.title[lang]} path="/excuse" form="form" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{EXCUSE.title[lang]}</h1>
      <p>{EXCUSE.hint[lang]}</p>
      <form method="post" action={door.href("/excuse")} id="form">
        <Hidden entries={[["clientId", clientId]]} />
        <div class={unitError ? "field wrong" : "field"}>
          <label for="f-unit">{EXCUSE.unit[lang]}</label>
          {unitError ? (
            <p class="error" id="e-unit">
              <span class="vh">{FORM.error[lang]}</span>
              {unitError.message}
            </p>
          ) : null}
          <select
            id="f-unit"
            name="unit"
            aria-describedby={unitError ? "e-unit" : undefined}
            aria-invalid={unitError ? "true" : undefined}
          >
            <option value="">{EXCUSE.choose[lang]}</option>
            {units.map(({ code, name }) => (
              <option value={code} selected={code === typed.unit}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <AskText
          name="from"
          type="date"
          label={EXCUSE.from[lang]}
          errors={errors}
          lang={lang}
          value={typed.from}
        />
        <AskText name="to" type="date" label={EXCUSE.to[lang]} errors={errors} lang={lang} value={typed.to} />
        <AskText
          name="reason"
          label={EXCUSE.reason[lang]}
          hint={EXCUSE.reasonHint[lang]}
          errors={errors}
          lang={lang}
          max={200}
          value={typed.reason}
        />
        <button type="submit" class="main">
          {EXCUSE.button[lang]}
        </button>
      </form>
    </UnitPage>
  );
};
