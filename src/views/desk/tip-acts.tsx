import { TIP_MESSAGE_LENGTH } from "../../domain/tip.ts";
import { Hidden } from "../form.tsx";
import { CASE, TIP } from "../unit-case-words.ts";
import { AskChoice, AskText } from "../unit-parts.tsx";
import { FORM } from "../words.ts";
import type { TipProps } from "./tip.tsx";
import { TIPS } from "./tips-words.ts";
import { Ask } from "./units-parts.tsx";

/** Somebody, or some unit, that a tip can be given to: official/<id> or unit/<code>. */
export type Taker = { value: string; label: string; group: "people" | "units" };

/** What was found and the public answer; for a tip that follows another, where that is to be done. */
export const Verify = ({ desk, tip: it, errors = [], typed, beaten }: TipProps) => {
  const { lang } = desk;
  const mine = typed?.form === "verify" ? typed : undefined;
  if (it.verifiedAt)
    return mine && beaten ? (
      <section>
        <h2>
          <label for="f-kept">{TIPS.notSent[lang]}</label>
        </h2>
        <textarea id="f-kept" rows={4} readonly>
          {[mine.answer, mine.note].filter(Boolean).join("\n\n")}
        </textarea>
      </section>
    ) : null;
  if (!desk.may("settle")) return null;
  if (it.lead)
    return (
      <p class="note">
        {TIPS.followsHint(it.lead.id)[lang]}
        {it.lead.shown ? (
          <>
            {" "}
            <a href={desk.href(`/tips/${it.lead.id}`)}>{it.lead.id}</a>
          </>
        ) : null}
      </p>
    );
  const open = it.followers.filter(({ settled }) => !settled).length;
  return (
    <section aria-labelledby="verify">
      <h2 id="verify">{TIP.verifyTitle[lang]}</h2>
      {open > 0 ? <p>{TIPS.verifyMany(open)[lang]}</p> : null}
      <form method="post" action={desk.href(`/tips/${it.id}/verify`)}>
        <AskChoice
          name="outcome"
          label={CASE.verify[lang]}
          errors={errors}
          lang={lang}
          choices={TIP.outcomes}
          value={mine?.outcome}
        />
        <AskText
          name="answer"
          label={TIP.answer[lang]}
          hint={TIP.answerHint[lang]}
          errors={errors}
          lang={lang}
          rows={4}
          max={1000}
          value={mine?.answer}
        />
        <AskText
          name="note"
          label={TIP.note[lang]}
          errors={errors}
          lang={lang}
          rows={3}
          max={1000}
          value={mine?.note}
        />
        <button type="submit" class="main">
          {CASE.verifyButton[lang]}
        </button>
      </form>
    </section>
  );
};

/** A message to whoever has the receipt code. */
export const Write = ({ desk, tip: it, errors = [], typed, clientId }: TipProps) => {
  const { lang } = desk;
  if (!desk.may("settle") || it.sealedOff) return null;
  return (
    <Ask label={TIPS.write[lang]} open={typed?.form === "write"}>
      <form method="post" action={desk.href(`/tips/${it.id}/write`)}>
        <Hidden entries={[["_client", clientId]]} />
        <AskText
          name="text"
          label={TIPS.write[lang]}
          hint={TIPS.writeHint[lang]}
          errors={errors}
          lang={lang}
          rows={3}
          max={TIP_MESSAGE_LENGTH}
          value={typed?.form === "write" ? typed.text : ""}
        />
        <button type="submit" class="second">
          {TIPS.send[lang]}
        </button>
      </form>
    </Ask>
  );
};

/** Who takes it: one of the own unit, or another unit. */
export const Assign = ({ desk, tip: it, takers, errors = [], typed }: TipProps) => {
  const { lang } = desk;
  if (it.verifiedAt || takers.length === 0) return null;
  const error = errors.find(({ path }) => path === "to");
  const chosen = typed?.form === "assign" ? typed.to : undefined;
  return (
    <section aria-labelledby="assign">
      <h2 id="assign">{TIPS.assign[lang]}</h2>
      <form method="post" action={desk.href(`/tips/${it.id}/assign`)}>
        <Hidden entries={[["version", String(it.version)]]} />
        <div class={error ? "field wrong" : "field"}>
          <label for="f-to">{TIPS.taker[lang]}</label>
          {takers.some(({ group }) => group === "units") ? (
            <p class="hint" id="h-to">
              {TIPS.takerHint[lang]}
            </p>
          ) : null}
          {error ? (
            <p class="error" id="e-to">
              <span class="vh">{FORM.error[lang]}</span>
              {error.message}
            </p>
          ) : null}
          <select
            id="f-to"
            name="to"
            aria-describedby={error ? "e-to" : undefined}
            aria-invalid={error ? "true" : undefined}
          >
            <option value="">{FORM.choose[lang]}</option>
            {(["people", "units"] as const).map((group) => {
              const some = takers.filter((one) => one.group === group);
              return some.length === 0 ? null : (
                <optgroup label={TIPS[group][lang]}>
                  {some.map(({ value, label }) => (
                    <option value={value} selected={value === chosen}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              );
            })}
          </select>
        </div>
        <button type="submit" class="second">
          {TIPS.assignButton[lang]}
        </button>
      </form>
    </section>
  );
};
