import { type HourLine, hourFigures, sumOfHours } from "../domain/record-hour.ts";
import { addDays } from "../domain/time.ts";
import type { RecordForm } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { Hidden } from "./form.tsx";
import { grouped } from "./unit-counts.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { RAPID_CSS } from "./unit-rapid-assets.ts";
import { HOURS } from "./unit-rapid-words.ts";
import { dayWords, momentWords } from "./unit-words.ts";

export type HoursProps = {
  door: DoorView;
  form: RecordForm;
  date: string;
  lines: readonly HourLine[];
  /** So many were counted, and there are more. */
  more?: number | undefined;
};

/** A day's records by the hour in which they happened: to be read on a phone, and printed. */
export const HoursPage = (props: HoursProps) => {
  const { door, form, date, lines, more } = props;
  const { lang, now, today, zone, unit } = door;
  const title = HOURS.title(form.title[lang])[lang];
  const path = `/records/${form.name}/hours`;
  const above = unit.kind === "county" || unit.kind === "town" || unit.kind === "village";
  return (
    <UnitPage
      door={door}
      title={`${title} · ${dayWords(date, lang)}`}
      path={`${path}?date=${date}`}
      script
      more={{ css: ASSETS.unitCss }}
    >
      <link rel="stylesheet" href={RAPID_CSS} />
      <p class="back">
        <a href={door.href(`/records/${form.name}`)}>
          <span aria-hidden="true">‹ </span>
          {form.title[lang]}
        </a>
      </p>
      <h1>{title}</h1>
      <p class="big">{dayWords(date, lang)}</p>
      <p class="print-only">{unit.name}</p>
      <p class="soft">
        {[HOURS.asOf(momentWords(now, zone, lang, today)), ...(above ? [HOURS.below] : []), HOURS.late]
          .map((said) => said[lang])
          .join(lang === "en" ? " " : "")}
      </p>
      {more ? <p class="note alarm">{HOURS.more(more)[lang]}</p> : null}
      {lines.length === 0 ? <p>{HOURS.none[lang]}</p> : <Hours {...props} />}
      <form method="get" action={door.at(path)} class="choose-day unprinted">
        <Hidden entries={[["lang", lang]]} />
        <div>
          <label for="date">{HOURS.day[lang]}</label>
          <input type="date" id="date" name="date" value={date} min={addDays(today, -366)} max={today} />
        </div>
        <button type="submit" class="second">
          {HOURS.show[lang]}
        </button>
      </form>
      <p class="unprinted">
        <button type="button" class="link js-only" data-print="1">
          {HOURS.print[lang]}
        </button>
        {form.record.rapid && form.record.kinds.includes(unit.kind) ? (
          <a class="link" href={door.href(`/records/${form.name}/rapid`)}>
            {HOURS.back[lang]}
          </a>
        ) : null}
      </p>
    </UnitPage>
  );
};

/** Columns of figures that fit a phone's width stand in the table; a phone scrolls the table alone where there are more. */
const Hours = ({ door: { lang }, form, lines }: HoursProps) => {
  const figures = hourFigures(form);
  const sum = sumOfHours(lines);
  const Cells = ({ of }: { of: Pick<HourLine, "entries" | "figures"> }) => (
    <>
      <td>{grouped(of.entries)}</td>
      {figures.map(({ name }) => (
        <td>{grouped(of.figures[name] ?? 0)}</td>
      ))}
    </>
  );
  return (
    <section class="hours" tabindex={0} aria-label={HOURS.title(form.title[lang])[lang]}>
      <table class="counts">
        <thead>
          <tr>
            <th scope="col">{HOURS.hour[lang]}</th>
            <th scope="col">{HOURS.entries[lang]}</th>
            {figures.map(({ label }) => (
              <th scope="col">{label[lang]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">{line.clock}</th>
              <Cells of={line} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{HOURS.sum[lang]}</th>
            <Cells of={sum} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
};
