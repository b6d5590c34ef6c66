import type { RecordForm } from "../../forms/define.ts";
import { HourTable, type HourView, openHead } from "../unit-record-list.tsx";
import { RECORD } from "../unit-record-words.ts";
import type { FormView } from "../unit-records.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** A unit right below, with everything below it; `own`: what the unit of the page filed itself. */
export type UnitLine = {
  code: string;
  name: string;
  own: boolean;
  /** It has units below that file the form too. */
  deeper: boolean;
  open: number;
  overdue: number;
  today: number;
};

/** Every form in the official's scope: what stands open, what is overdue. */
export const DeskRecordsPage = ({ desk, forms }: { desk: DeskView; forms: FormView[] }) => {
  const { lang, officer } = desk;
  return (
    <DeskPage desk={desk} title={RECORD.title[lang]} path="/records">
      <h1>
        {RECORD.title[lang]} · {officer.unit.name}
      </h1>
      <p>{RECORD.deskIntro[lang]}</p>
      {forms.length === 0 ? (
        <p class="soft">{RECORD.noForms[lang]}</p>
      ) : (
        <table class="board places record-counts">
          <thead>
            <tr>
              <th scope="col">{RECORD.form[lang]}</th>
              <th scope="col" class="number">
                {RECORD.openHead[lang]}
              </th>
              <th scope="col" class="number">
                {RECORD.overdueHead[lang]}
              </th>
            </tr>
          </thead>
          <tbody>
            {forms.map(({ form, open, overdue }) => (
              <tr>
                <th scope="row">
                  <a class="tap" href={desk.href(`/records/${form.name}`)}>
                    {form.title[lang]}
                  </a>
                </th>
                <td class={numberOf(open)} data-head={form.record.open ? undefined : RECORD.openHead[lang]}>
                  {form.record.open ? <span class="soft">{RECORD.listed.head[lang]} </span> : null}
                  {open}
                </td>
                <td class={numberOf(overdue)} data-head={RECORD.overdueHead[lang]}>
                  <Overdue n={overdue} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <a class="tap" href={desk.href(`/units/${officer.unit.code}/records`)}>
          {RECORD.toUnitOf(officer.unit.name)[lang]}
        </a>
      </p>
    </DeskPage>
  );
};

export type DeskRecordProps = {
  desk: DeskView;
  form: RecordForm;
  unit: { code: string; name: string };
  units: UnitLine[];
  /** Units below that have nothing open and filed nothing today. */
  others: number;
  hours: HourView[];
};

/** One form by unit, and today by hour: numbers, and the way to the pages of each unit. */
export const DeskRecordPage = ({ desk, form, unit, units, others, hours }: DeskRecordProps) => {
  const { lang, officer } = desk;
  const title = `${form.title[lang]} · ${unit.name}`;
  const path = `/records/${form.name}${unit.code === officer.unit.code ? "" : `?unit=${unit.code}`}`;
  return (
    <DeskPage desk={desk} title={title} path={path} room="/records">
      <p class="back">
        <a href={desk.href("/records")}>
          <span aria-hidden="true">‹ </span>
          {RECORD.title[lang]}
        </a>
      </p>
      <h1>{title}</h1>
      {units.length === 0 ? <p class="soft">{RECORD.nothing[lang]}</p> : <Units {...{ desk, form, units }} />}
      {others > 0 && units.length > 0 ? <p class="soft">{RECORD.others(others)[lang]}</p> : null}
      <p>
        <a class="tap" href={desk.href(`/units/${unit.code}/records/${form.name}`)}>
          {RECORD.toUnitOf(unit.name)[lang]}
        </a>
      </p>
      {hours.length > 0 ? (
        <>
          <h2 id="hours">{RECORD.today[lang]}</h2>
          <HourTable hours={hours} lang={lang} labelled="hours" />
        </>
      ) : null}
    </DeskPage>
  );
};

const Units = ({ desk, form, units }: Pick<DeskRecordProps, "desk" | "form" | "units">) => {
  const { lang } = desk;
  const heads = [openHead(form), RECORD.overdueHead, RECORD.todayHead];
  return (
    <table class="board places record-counts">
      <thead>
        <tr>
          <th scope="col">{RECORD.unitHead[lang]}</th>
          {heads.map((head) => (
            <th scope="col" class="number">
              {head[lang]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {units.map(({ code, name, own, deeper, open, overdue, today }) => (
          <tr>
            <th scope="row">
              {own ? (
                RECORD.itself(name)[lang]
              ) : (
                <a
                  class="tap"
                  href={desk.href(
                    deeper ? `/records/${form.name}?unit=${code}` : `/units/${code}/records/${form.name}`,
                  )}
                >
                  {name}
                </a>
              )}
            </th>
            <td class={numberOf(open)} data-head={openHead(form)[lang]}>
              {open}
            </td>
            <td class={numberOf(overdue)} data-head={RECORD.overdueHead[lang]}>
              <Overdue n={overdue} />
            </td>
            <td class={numberOf(today)} data-head={RECORD.todayHead[lang]}>
              {today}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** On a phone what is none is left out. */
const numberOf = (n: number) => (n > 0 ? "number" : "number none");
const Overdue = ({ n }: { n: number }) => (n > 0 ? <strong class="alarm">{n}</strong> : <>0</>);
