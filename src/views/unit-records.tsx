import type { Lang, RecordForm } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { type DoorView, Due, UnitPage } from "./unit-parts.tsx";
import { newPath, standingWords } from "./unit-record-list.tsx";
import { RECORD } from "./unit-record-words.ts";

export type OpenCounts = { open: number; overdue: number };
/** A form that this unit files, or that units below it do, and how it stands. */
export type FormView = { form: RecordForm } & OpenCounts;
export type DecisionView = { form: RecordForm; id: string; unitName: string; dueAt: Date };
export type RecordsPageProps = {
  door: DoorView;
  own: FormView[];
  /** Forms that units below file; undefined where no unit below files any. */
  below?: FormView[] | undefined;
  /** Whether units of this kind decide about others' records. */
  decides: boolean;
  /** What waits for this unit's decision, counted up to `limit`. */
  decisions: DecisionView[];
  limit: number;
};

/** The records of a unit: what it decides, what it files itself, what units below it file. */
export const RecordsPage = ({ door, own, below, decides, decisions, limit }: RecordsPageProps) => {
  const { lang } = door;
  return (
    <UnitPage door={door} title={RECORD.title[lang]} path="/records" more={{ css: ASSETS.unitCss }}>
      <h1>{RECORD.title[lang]}</h1>
      <p>{(own.length > 0 || below ? RECORD.intro : RECORD.none)[lang]}</p>
      {decides || decisions.length > 0 ? <Decisions door={door} decisions={decisions} limit={limit} /> : null}
      {own.length > 0 && below ? <h2>{RECORD.own[lang]}</h2> : null}
      {own.map((view) => (
        <One {...view} door={door} deep={below !== undefined} />
      ))}
      {below ? <Below door={door} below={below} /> : null}
    </UnitPage>
  );
};

const One = ({ door, form, open, overdue, deep }: FormView & { door: DoorView; deep: boolean }) => {
  const { lang } = door;
  const title = form.title[lang];
  const id = `form-${form.name}`;
  const Head = deep ? "h3" : "h2";
  return (
    <section class={overdue > 0 ? "card alarming" : "card"} aria-labelledby={id}>
      <Head id={id} class="record-title">
        <a href={door.href(`/records/${form.name}`)}>{title}</a>
      </Head>
      <p>
        <Standing form={form} open={open} overdue={overdue} lang={lang} />
      </p>
      <a class="main" href={door.href(newPath(form))}>
        {RECORD.make(form.record.noun[lang])[lang]}
      </a>
    </section>
  );
};

/** 未办结 3 件，逾期 1 件; vermilion with its word where something is overdue. */
const Standing = ({ form, open, overdue, lang }: FormView & { lang: Lang }) =>
  open === 0 ? (
    <span class="soft">{standingWords(form, open)[lang]}</span>
  ) : (
    <>
      {standingWords(form, open)[lang]}
      {overdue > 0 ? (
        <>
          {lang === "en" ? ", " : "，"}
          <strong class="alarm">{RECORD.overdue(overdue)[lang]}</strong>
        </>
      ) : null}
    </>
  );

const Decisions = ({ door, decisions, limit }: Pick<RecordsPageProps, "door" | "decisions" | "limit">) => {
  const { lang } = door;
  const n = decisions.length;
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">
        {RECORD.decisions[lang]} {n > 0 ? <span class="count">{n >= limit ? `${limit}+` : n}</span> : null}
      </h2>
      {n === 0 ? (
        <p class="soft">{RECORD.noDecisions[lang]}</p>
      ) : (
        <ul class="board">
          {decisions.map(({ form, id, unitName, dueAt }) => (
            <li>
              <a href={door.href(`/records/${form.name}/${id}`)}>{id}</a>
              <span>
                {form.title[lang]} · {unitName}
              </span>
              <Due at={dueAt} door={door} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Below = ({ door, below }: { door: DoorView; below: FormView[] }) => {
  const { lang } = door;
  return (
    <section aria-labelledby="below">
      <h2 id="below">{RECORD.below[lang]}</h2>
      <table class="counts" aria-labelledby="below">
        <thead>
          <tr>
            <th scope="col">{RECORD.form[lang]}</th>
            <th scope="col">{RECORD.openHead[lang]}</th>
            <th scope="col">{RECORD.overdueHead[lang]}</th>
          </tr>
        </thead>
        <tbody>
          {below.map(({ form, open, overdue }) => (
            <tr>
              <th scope="row">
                <a class="cell" href={door.href(`/records/${form.name}`)}>
                  {form.title[lang]}
                </a>
              </th>
              <td>
                {form.record.open ? <span class="soft">{RECORD.listed.head[lang]} </span> : null}
                {open}
              </td>
              <td>{overdue > 0 ? <strong class="alarm">{overdue}</strong> : 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
