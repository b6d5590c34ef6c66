import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { AskChoice, AskText, Facts } from "../unit-parts.tsx";
import type { words } from "../words.ts";
import { SETTLE } from "./batch-settle-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** The row itself, somebody registered, or another row: as the reader may see it, masked or on record whole. */
export type SideView = {
  /** What choosing it means: a person's id, or a row's number; absent for the row itself. */
  id?: string;
  /** The row of a list that it stands for. */
  of?: { list: string; row: number; own: boolean };
  name: string;
  document: string;
  phone: string;
  place: string;
};
export type BatchRowProps = {
  desk: DeskView;
  one: { id: string; label: string };
  row: { row: number; result: string; why: readonly string[]; unitCode: string | null };
  side: SideView;
  others: readonly SideView[];
  units: readonly { code: string; name: string }[];
  minutes: number;
  /** Whether it can be settled now. */
  open: boolean;
  shown?: boolean;
  /** Who settled it, when, and in which words. */
  settled?: { line: string; words?: string | undefined } | undefined;
  beaten?: boolean;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
};

/** One row beside everybody it clashes with, and what an official finds it to be. */
export const BatchRowPage = (props: BatchRowProps) => {
  const { desk, one, row, settled, open, beaten, shown, others, errors = [] } = props;
  const { lang } = desk;
  const path = `/batches/${one.id}/rows/${row.row}`;
  const title = SETTLE.title(row.row)[lang];
  const conflicting = row.result === "conflicting";
  return (
    <DeskPage desk={desk} title={title} path={path} room="/batches" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <p class="back">
        <a href={desk.href(`/batches/${one.id}?result=conflicting#rows`)}>
          <span aria-hidden="true">‹ </span>
          {one.id} {one.label}
        </a>
      </p>
      {beaten ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{SETTLE.beaten[lang]}</strong>
          </p>
        </div>
      ) : null}
      <h1>{title}</h1>
      {settled ? (
        <p class="note" role="status">
          {settled.line}
        </p>
      ) : conflicting ? (
        <p>{(open ? SETTLE.lead : SETTLE.notNow)[lang]}</p>
      ) : (
        <p>{SETTLE.agreed[lang]}</p>
      )}
      {settled?.words ? <p class="typed">{settled.words}</p> : null}
      <Facts facts={[[SETTLE.differs[lang], row.why.join(lang === "en" ? "; " : "；")]]} />
      <h2>{(conflicting ? SETTLE.compare : SETTLE.asListed)[lang]}</h2>
      <Sides {...props} />
      {others.length === 0 && conflicting ? <p class="soft">{SETTLE.nobody[lang]}</p> : null}
      {shown || !desk.may("reveal") || !conflicting ? null : (
        <form method="post" action={desk.href(`${path}/reveal`)}>
          <p class="hint">{SETTLE.revealHint[lang]}</p>
          <button type="submit" class="second">
            {SETTLE.reveal[lang]}
          </button>
        </form>
      )}
      {conflicting && open ? <Settle {...props} path={path} /> : null}
    </DeskPage>
  );
};

const Sides = ({ desk, row, side, others }: BatchRowProps) => {
  const { lang } = desk;
  const heads = [SETTLE.name, SETTLE.document, SETTLE.phone, SETTLE.place].map((one) => one[lang]);
  return (
    <table class="board">
      <thead>
        <tr>
          <th scope="col">{SETTLE.side[lang]}</th>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[side, ...others].map((one) => (
          <tr>
            <th scope="row">
              {one.of ? (
                rowName(one, lang)
              ) : one.id ? (
                <a href={desk.href(`/people/${one.id}`)}>{one.id}</a>
              ) : (
                SETTLE.thisRow(row.row)[lang]
              )}
            </th>
            {[one.name, one.document, one.phone, one.place].map((text, at) => (
              <td data-head={heads[at]}>{text || "–"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const rowName = ({ of }: SideView, lang: DeskView["lang"]): string =>
  of ? (of.own ? SETTLE.list("", of.row) : SETTLE.list(of.list, of.row))[lang].replace("  ", " ") : "";

const Settle = ({
  desk,
  others,
  units,
  row,
  minutes,
  path,
  errors = [],
  typed = {},
}: BatchRowProps & { path: string }) => {
  const { lang } = desk;
  const shared = { errors, lang };
  const chosen = typed.unit ?? row.unitCode ?? "";
  const wrong = errors.find((one) => one.path === "unit");
  const same = others.map((one): [string, ReturnType<typeof words>] => [
    `known:${one.id}`,
    one.of ? SETTLE.isRow(rowName(one, lang)) : SETTLE.isPerson(one.id ?? "", one.name),
  ]);
  return (
    <form class="beside" method="post" action={desk.href(path)} novalidate>
      <h2>{SETTLE.decide[lang]}</h2>
      <AskChoice
        {...shared}
        name="what"
        label={SETTLE.what[lang]}
        choices={{
          ...Object.fromEntries(same),
          other: SETTLE.isOther,
          new: SETTLE.isNew(minutes),
          rejected: SETTLE.isWrong,
        }}
        value={typed.what}
      />
      <AskText
        {...shared}
        name="number"
        label={SETTLE.number[lang]}
        hint={SETTLE.numberHint[lang]}
        value={typed.number}
        max={24}
      />
      <div class={wrong ? "field wrong" : "field"}>
        <label for="f-unit">{SETTLE.unit[lang]}</label>
        <p class="hint" id="h-unit">
          {SETTLE.unitHint[lang]}
        </p>
        {wrong ? (
          <p class="error" id="e-unit">
            {wrong.message}
          </p>
        ) : null}
        <select id="f-unit" name="unit" aria-describedby={wrong ? "h-unit e-unit" : "h-unit"}>
          <option value="">{SETTLE.noUnit[lang]}</option>
          {units.map(({ code, name }) => (
            <option value={code} selected={code === chosen}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <AskText
        {...shared}
        name="words"
        label={SETTLE.words[lang]}
        hint={SETTLE.wordsHint[lang]}
        rows={2}
        max={500}
        value={typed.words}
      />
      <button type="submit" class="main">
        {SETTLE.save[lang]}
      </button>
    </form>
  );
};
