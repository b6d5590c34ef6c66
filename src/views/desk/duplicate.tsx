import type { Child } from "hono/jsx";
import type { CutShort, DuplicateReason, Finding, MergeFault } from "../../domain/duplicate.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary, Hidden } from "../form.tsx";
import { AskChoice, AskText } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { words } from "../words.ts";
import { AskReveal } from "./case-reveal.tsx";
import { RECORD } from "./case-words.ts";
import { DUPLICATE } from "./duplicate-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** A row of the comparison: what each of the two says; `differs` where that can be told. */
export type ComparedRow = {
  name: keyof typeof DUPLICATE.facts;
  said: [Child, Child];
  differs: boolean | undefined;
};
export type DuplicateProps = {
  desk: DeskView;
  /** The earlier first. */
  ids: [string, string];
  why: DuplicateReason | undefined;
  rows: readonly ComparedRow[];
  /** What holds about the two. */
  held?:
    | { finding: Finding; who: string; at: Date; reason: string; version: string; stands: string }
    | undefined;
  /** The household of the one that was merged still waits to be verified. @property path its page at the desk */
  stillOwed?: { home: string; dueAt: Date; path: string } | undefined;
  /** Why one of them cannot stand, by number. */
  faults: Partial<Record<string, MergeFault>>;
  /** What of the other's observation would be lost where one of them stands, by number. */
  cut: Partial<Record<string, CutShort | undefined>>;
  /** Personal data can be shown: nobody's is sealed off, and it is not shown yet. */
  asks: boolean;
  shown: boolean;
  beaten?: boolean;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
};

/** Two persons side by side, row by row, and what can be done about them. */
export const DuplicatePage = (props: DuplicateProps) => {
  const { desk, ids, why, held, stillOwed, beaten, errors = [], asks, shown } = props;
  const { lang, zone, today } = desk;
  const path = `/duplicates/${ids[0]}/${ids[1]}`;
  return (
    <DeskPage desk={desk} title={DUPLICATE.pair[lang]} path={path} room="/people" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <p class="back">
        <a href={desk.href("/duplicates")}>
          <span aria-hidden="true">‹ </span>
          {DUPLICATE.title[lang]}
        </a>
      </p>
      {beaten ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{DUPLICATE.beaten[lang]}</strong>
          </p>
        </div>
      ) : null}
      <h1>{DUPLICATE.pair[lang]}</h1>
      <p class="asof">{(why ? DUPLICATE.why[why] : DUPLICATE.notPointed)[lang]}</p>
      {held ? (
        <p class="note" role="status">
          <strong>
            {DUPLICATE.held(held.finding, held.who, momentWords(held.at, zone, lang, today))[lang]}
          </strong>
          {held.finding === "same" ? ` · ${DUPLICATE.standsNow[lang]} ${held.stands}` : ""}
          {held.reason ? ` · ${DUPLICATE.because(held.reason)[lang]}` : ""}
        </p>
      ) : null}
      {stillOwed ? (
        <p class="note">
          {DUPLICATE.stillOwed(stillOwed.home, momentWords(stillOwed.dueAt, zone, lang, today))[lang]}{" "}
          <a class="tap" href={desk.href(stillOwed.path)}>
            {DUPLICATE.verify[lang]}
          </a>
        </p>
      ) : null}
      {shown ? <p role="status">{RECORD.recorded[lang]}</p> : null}
      <Compared {...props} />
      {desk.may("settle") ? <Decide {...props} path={path} /> : <p class="note">{DUPLICATE.mayNot[lang]}</p>}
      {asks ? (
        <AskReveal desk={desk} path={path} hint={DUPLICATE.revealBoth} errors={errors} typed={props.typed} />
      ) : null}
    </DeskPage>
  );
};

const Compared = ({ desk, ids, rows, shown }: DuplicateProps) => {
  const { lang } = desk;
  return (
    <table class={shown ? "board compared unprinted" : "board compared"}>
      <caption class="vh">{DUPLICATE.pair[lang]}</caption>
      <thead>
        <tr>
          <th scope="col">{DUPLICATE.field[lang]}</th>
          {ids.map((id) => (
            <th scope="col">
              <a class="tap nb" href={desk.href(`/people/${id}`)}>
                {id}
              </a>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, said, differs }) => (
          <tr>
            <th scope="row">
              {DUPLICATE.facts[name][lang]}{" "}
              {differs === undefined ? null : differs ? (
                <strong class="differs">{DUPLICATE.differs[lang]}</strong>
              ) : (
                <span class="soft">{DUPLICATE.same[lang]}</span>
              )}
            </th>
            {said.map((one, at) => (
              <td data-head={ids[at]}>{one}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type Inner = DuplicateProps & { path: string };

const Decide = ({ desk, ids, held, faults, cut, errors = [], typed = {}, path }: Inner) => {
  const { lang } = desk;
  if (held)
    return (
      <section aria-labelledby="undo">
        <h2 id="undo">{DUPLICATE.undo[lang]}</h2>
        <form method="post" action={desk.href(`${path}/undo`)} class="narrow-form">
          <Hidden entries={[["version", held.version]]} />
          <p>{DUPLICATE.undoMeans[held.finding][lang]}</p>
          <button type="submit" class="second">
            {DUPLICATE.undo[lang]}
          </button>
        </form>
      </section>
    );
  const able = ids.filter((id) => !faults[id]);
  const choices = Object.fromEntries(
    able.map((id) => [id, id === ids[0] ? DUPLICATE.earlier(id) : words(id, id, id)]),
  );
  const reason = (
    <AskText
      name="reason"
      label={DUPLICATE.reason[lang]}
      hint={DUPLICATE.reasonHint[lang]}
      errors={errors}
      lang={lang}
      rows={2}
      max={200}
      value={typed.reason}
    />
  );
  return (
    <div class="halves">
      <section aria-labelledby="merge">
        <h2 id="merge">{DUPLICATE.merge[lang]}</h2>
        <p>{DUPLICATE.mergeMeans[lang]}</p>
        {ids.map((id) => {
          const [fault, lost] = [faults[id], cut[id]];
          const said = fault
            ? DUPLICATE.cannotKeep(id, DUPLICATE.cannot[fault][lang])
            : lost && DUPLICATE.cutShort[lost](id);
          return said ? <p class="note">{said[lang]}</p> : null;
        })}
        {able.length > 0 ? (
          <form method="post" action={desk.href(`${path}/merge`)} class="narrow-form">
            <AskChoice
              name="stands"
              label={DUPLICATE.stands[lang]}
              errors={errors}
              lang={lang}
              choices={choices}
              value={typed.stands ?? able.find((id) => !cut[id]) ?? able[0]}
            />
            {reason}
            <button type="submit" class="main">
              {DUPLICATE.doMerge[lang]}
            </button>
          </form>
        ) : null}
      </section>
      <section aria-labelledby="distinct">
        <h2 id="distinct">{DUPLICATE.distinct[lang]}</h2>
        <p>{DUPLICATE.distinctMeans[lang]}</p>
        <form method="post" action={desk.href(`${path}/distinct`)} class="narrow-form">
          <div class="field">
            <label for="f-why">{DUPLICATE.reason[lang]}</label>
            <p class="hint" id="h-why">
              {DUPLICATE.reasonHint[lang]}
            </p>
            <textarea id="f-why" name="reason" rows={2} maxlength={200} aria-describedby="h-why" />
          </div>
          <button type="submit" class="second">
            {DUPLICATE.doDistinct[lang]}
          </button>
        </form>
      </section>
    </div>
  );
};
