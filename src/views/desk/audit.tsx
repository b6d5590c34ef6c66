import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { AskText } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { AUDIT, actorWords, actWords, detailWords } from "./audit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type AuditLineView = {
  id: string;
  actor: string;
  act: string;
  subjectId: string;
  unitName: string;
  at: Date;
  detail: string;
  words?: string | undefined;
  who?: { unitName: string; name?: string } | undefined;
};
type Typed = { by?: string; subject?: string; unit?: string; day?: string };
export type AuditPageProps = {
  desk: DeskView;
  lines: readonly AuditLineView[];
  /** Where the next page begins. */
  next?: string | undefined;
  /** This page is not the first. */
  paged: boolean;
  typed: { [Name in keyof Typed]: string | undefined };
  officials: readonly { actor: string; name: string }[];
  /** The last part of the chain. */
  chain?: { date: string; part: number; upto: Date } | undefined;
  /** Lines not sealed yet, counted up to one more than `counted`. */
  waiting: number;
  counted: number;
  errors: readonly FieldError[];
};

/** The history: what to look for, how far the chain goes, and the lines. */
export const AuditPage = (props: AuditPageProps) => {
  const { desk, lines, next, paged, typed, errors, chain, waiting, counted } = props;
  const { lang, zone, today } = desk;
  return (
    <DeskPage
      desk={desk}
      title={AUDIT.title[lang]}
      path={errors.length > 0 ? "/audit" : here(typed)}
      room="/audit"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{AUDIT.title[lang]}</h1>
      <p>{AUDIT.lead[lang]}</p>
      <Filters {...props} />
      <p class="asof">
        {chain
          ? AUDIT.sealed(momentWords(chain.upto, zone, lang, today), chain.part, chain.date)[lang]
          : AUDIT.notSealed[lang]}
        {lang === "en" ? "; " : "，"}
        {AUDIT.waiting(waiting, counted)[lang]}
        {lang === "en" ? ". " : "。"}
        {AUDIT.verify[lang]}
        {lang === "en" ? "." : "。"}
      </p>
      {lines.length > 0 ? <Lines {...props} /> : null}
      {lines.length + errors.length === 0 ? <p>{(next ? AUDIT.noneHere : AUDIT.none)[lang]}</p> : null}
      <p>
        {next ? <a href={desk.href(here({ ...typed, before: next }))}>{AUDIT.more[lang]}</a> : null}
        {next && paged ? " · " : null}
        {paged ? <a href={desk.href(here(typed))}>{AUDIT.first[lang]}</a> : null}
      </p>
    </DeskPage>
  );
};

/** The page's own address, of what was found to be codes. */
function here(typed: AuditPageProps["typed"] & { before?: string }): string {
  const query = new URLSearchParams(
    Object.entries(typed).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
  return `/audit${query.size > 0 ? `?${query}` : ""}`;
}

const Filters = ({ desk, typed, officials, errors }: AuditPageProps) => {
  const { lang } = desk;
  const shared = { errors, lang };
  const other = typed.by && !officials.some(({ actor }) => actor === typed.by);
  return (
    <form class="filters" method="post" action={desk.href("/audit")} novalidate>
      <div class="field">
        <label for="f-by">{AUDIT.by[lang]}</label>
        <select id="f-by" name="by">
          <option value="">{AUDIT.anybody[lang]}</option>
          {other ? (
            <option value={typed.by} selected>
              {typed.by}
            </option>
          ) : null}
          {officials.map(({ actor, name }) => (
            <option value={actor} selected={actor === typed.by}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <AskText
        {...shared}
        name="subject"
        label={AUDIT.subject[lang]}
        hint={AUDIT.subjectHint[lang]}
        max={120}
        value={typed.subject}
      />
      <AskText {...shared} name="unit" label={AUDIT.unit[lang]} max={18} value={typed.unit} />
      <AskText {...shared} name="day" label={AUDIT.day[lang]} type="date" value={typed.day} />
      <div class="field">
        <button type="submit" class="second">
          {AUDIT.show[lang]}
        </button>
      </div>
    </form>
  );
};

const Lines = ({ desk, lines, typed }: AuditPageProps) => {
  const { lang, zone, today } = desk;
  const only = (more: AuditPageProps["typed"]) =>
    desk.href(here({ day: typed.day, unit: typed.unit, ...more }));
  return (
    <table class="board">
      <thead>
        <tr>
          {[AUDIT.when, AUDIT.who, AUDIT.what, AUDIT.about, AUDIT.where].map((words) => (
            <th scope="col">{words[lang]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ actor, act, subjectId, unitName, at, detail, words, who }) => (
          <tr>
            <th scope="row">{momentWords(at, zone, lang, today)}</th>
            <td data-head={AUDIT.who[lang]}>
              <a href={only({ by: actor })}>
                {who
                  ? `${who.unitName}${who.name ? ` ${who.name}` : ""}`
                  : shortened(actorWords(actor, lang))}
              </a>
            </td>
            <td data-head={AUDIT.what[lang]}>
              {actWords(act, lang)}
              {detail ? <span class="soft"> {detailWords(detail, lang)}</span> : null}
              {words ? (
                <>
                  <br />
                  <span class="typed">{words}</span>
                </>
              ) : null}
            </td>
            <td data-head={AUDIT.about[lang]}>
              {ofThemselves(actor, subjectId) ? null : (
                <a href={only({ subject: subjectId })}>{shortened(subjectId.replace(/^poster\//, ""))}</a>
              )}
            </td>
            <td data-head={AUDIT.where[lang]}>{unitName}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What an official did to their own office: who it was stands there already. */
const ofThemselves = (actor: string, subjectId: string): boolean =>
  subjectId === actor || actor === `official/${subjectId}`;

/** Hashes and long ids tell nobody more by their end. */
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);
