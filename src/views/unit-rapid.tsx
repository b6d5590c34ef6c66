import type { FieldError } from "../domain/problem.ts";
import type { RecordForm } from "../forms/define.ts";
import { recordFields } from "../forms/record.ts";
import type { UnitChoice } from "./field.tsx";
import { ErrorSummary, FormFields, FormShell, Hidden } from "./form.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { RAPID_CSS, RAPID_JS } from "./unit-rapid-assets.ts";
import { RAPID, SCRIPT } from "./unit-rapid-words.ts";

/** What was just stored, where the page is shown without its script. */
export type SavedEntry = {
  number: string;
  registered?: { caseNumber: string; link: string } | undefined;
  mend?: readonly string[] | undefined;
};
export type RapidProps = {
  door: DoorView;
  form: RecordForm;
  clientId: string;
  /** What stands in the fields: what the form begins with, what was kept, or what was typed. */
  values: Readonly<Record<string, unknown>>;
  units: readonly UnitChoice[];
  errors?: readonly FieldError[];
  notice?: string | undefined;
  saved?: SavedEntry | undefined;
  /** Behind a link the page can be opened again without a network; behind a session it must not outlive that. */
  offline: boolean;
};

/** Entries that wait on one phone at most: a shift is 500, and browsers give 5 MB. */
export const MOST_WAITING = 2_000;
/** Digits that a number of the form is tapped with. */
const QUICK = 4;

/** One record after another, on one screen of a phone. rapid.client.js keeps them on the phone and sends them. */
export const RapidPage = (props: RapidProps) => {
  const { door, form, values, units, errors = [], notice, saved } = props;
  const { lang } = door;
  const path = `/records/${form.name}/rapid`;
  const title = form.title[lang];
  return (
    <UnitPage
      door={door}
      title={title}
      path={path}
      form="form"
      error={errors.length > 0 || notice !== undefined}
      script
      more={{ js: RAPID_JS }}
    >
      <link rel="stylesheet" href={RAPID_CSS} />
      <div id="rapid" class="rapid" {...told(props)}>
        <ErrorSummary errors={errors} lang={lang} />
        {notice ? (
          <p class="note alarm" role="alert">
            {notice}
          </p>
        ) : null}
        <h1>{title}</h1>
        {saved ? <Saved door={door} form={form} saved={saved} /> : null}
        <FormShell lang={lang} action={door.href(path)} now={door.now} zone={door.zone}>
          <Hidden entries={[["clientId", props.clientId]]} />
          {form.groups.map((group) => (
            <FormFields {...{ form, group, values, errors, lang, units }} />
          ))}
          <button type="reset" class="link js-only" id="clear">
            {RAPID.clear[lang]}
          </button>
          <div class="rapid-bar">
            <div role="status">
              <strong id="tally" />
              <span id="trouble" />
            </div>
            <button type="submit" class="main" name="_go" value="save">
              {RAPID.save[lang]}
            </button>
          </div>
        </FormShell>
        <section class="js-only" aria-labelledby="last-title">
          <div class="last-head">
            <h2 id="last-title">{RAPID.last[lang]}</h2>
            <button type="button" class="second" id="send-now">
              {RAPID.sendNow[lang]}
            </button>
          </div>
          <ol id="last" />
          <p class="soft" id="fits" />
          <p class="soft" id="reopen" />
        </section>
        {form.intro ? <p class="soft">{form.intro[lang]}</p> : null}
        <noscript>
          <p class="soft">{RAPID.plain[lang]}</p>
        </noscript>
        <p>
          <a class="link" href={door.href(`/records/${form.name}/hours`)}>
            {RAPID.hours[lang]}
          </a>
          <br />
          <a class="link" href={door.href(`/records/${form.name}`)}>
            {RAPID.list(title)[lang]}
          </a>
        </p>
      </div>
    </UnitPage>
  );
};

/** What the script reads off the page. Nothing of it is personal: the page may lie in a cache. */
function told({ door, form, offline }: RapidProps): Record<string, string> {
  const { lang, unit, above, now } = door;
  const base = `/records/${form.name}/rapid`;
  const fields = recordFields(form);
  const { keep = [], starts = {} } = form.record.rapid ?? {};
  const quick = fields.flatMap((field) =>
    field.type === "integer" && starts[field.name] !== undefined
      ? [[field.name, field.min ?? 0, Math.min((field.min ?? 0) + QUICK - 1, field.max ?? QUICK)]]
      : [],
  );
  const said = Object.fromEntries(Object.entries(SCRIPT).map(([name, words]) => [name, words[lang]]));
  return {
    "data-store": `${unit.code}/${form.name}`,
    "data-send": door.href(`${base}/entries`),
    "data-records": door.at(`/records/${form.name}/`),
    "data-lang": lang,
    "data-now": String(now.getTime()),
    "data-most": String(MOST_WAITING),
    "data-keep": JSON.stringify(
      fields.filter(({ name, pii }) => keep.includes(name) && !pii).map(({ name }) => name),
    ),
    "data-quick": JSON.stringify(quick),
    "data-words": JSON.stringify({
      ...said,
      mend: RAPID.mend[lang],
      mendHint: RAPID.mendHint[lang],
      open: RAPID.open[lang],
      registered: RAPID.registered("{n}")[lang],
      link: RAPID.link[lang],
      who: above.at(-1) ?? door.county,
    }),
    ...(offline
      ? { "data-worker": door.at(`/records/${form.name}/rapid-worker.js`), "data-scope": door.at(base) }
      : {}),
  };
}

const Saved = ({ door, form, saved }: Pick<RapidProps, "door" | "form"> & { saved: SavedEntry }) => {
  const { lang } = door;
  const { number, registered, mend } = saved;
  return (
    <div class={mend ? "note alarm" : "note"} role="status">
      <p>
        {RAPID.saved(number)[lang]}{" "}
        <a href={door.href(`/records/${form.name}/${number}`)}>{RAPID.open[lang]}</a>
      </p>
      {registered ? (
        <p>
          {RAPID.registered(registered.caseNumber)[lang]} <a href={registered.link}>{RAPID.link[lang]}</a>
        </p>
      ) : null}
      {mend ? (
        <>
          <p>
            <strong>{RAPID.mend[lang]}</strong>
          </p>
          {mend.map((why) => (
            <p>{why}</p>
          ))}
          <p>{RAPID.mendHint[lang]}</p>
        </>
      ) : null}
    </div>
  );
};
