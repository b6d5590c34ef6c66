import type { FieldError } from "../../domain/problem.ts";
import { owesDailyReport } from "../../domain/unit-report.ts";
import { ErrorSummary } from "../form.tsx";
import { ContactSection, type Contacts } from "./manage-contacts.tsx";
import { LinkSection, type Links } from "./manage-links.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Hears, Reported, type UnitLine } from "./units.tsx";
import { Crumbs } from "./units-parts.tsx";
import { UNITS } from "./units-words.ts";

/** What every section of the page is made from; http/desk/manage-page.tsx fills it. */
export type ManageProps = Contacts &
  Links & {
    desk: DeskView & { sees: (code: string) => boolean };
    unit: {
      code: string;
      name: string;
      kind: keyof typeof UNITS.kinds;
      parent: string | null;
      closedAt: Date | null;
    };
    path: readonly { code: string; name: string }[];
    row: UnitLine;
    most: number;
    /** What was just done, or who was first. */
    said?: string | undefined;
    errors: readonly FieldError[];
    typed: Record<string, string>;
    /** Whether this official may change something here. */
    mayManage: boolean;
  };

/** /desk/manage/<code>: who hears for a unit, and its links. */
export const ManagePage = (props: ManageProps) => {
  const { desk, unit, path, row, most, said, errors } = props;
  const { lang } = desk;
  const parent = unit.parent && desk.sees(unit.parent) ? unit.parent : undefined;
  return (
    <DeskPage
      desk={desk}
      title={unit.name}
      path={`/manage/${unit.code}`}
      room="/units"
      error={errors.length > 0}
    >
      <Crumbs desk={desk} path={path.slice(0, -1)} />
      <ErrorSummary errors={errors} lang={lang} />
      {said ? (
        <p class="note" role="status">
          {said}
        </p>
      ) : null}
      <h1>{unit.name}</h1>
      <p class="soft">
        {UNITS.kinds[unit.kind][lang]} · {unit.code}
      </p>
      <dl class="summary facts">
        <div>
          <dt>{UNITS.hears[lang]}</dt>
          <dd>
            <Hears row={row} desk={desk} most={most} />
          </dd>
        </div>
        <div>
          <dt>{UNITS.report[lang]}</dt>
          <dd>
            <Reported row={row} desk={desk} />
          </dd>
        </div>
        <div>
          <dt>{UNITS.roster[lang]}</dt>
          <dd>
            <a class="tap" href={desk.href(`/units/${unit.code}/roster`)}>
              {(row.roster ? UNITS.kept : UNITS.notKept)[lang]}
            </a>
          </dd>
        </div>
      </dl>
      <p class="ways">
        <a href={desk.href(`/units/${unit.code}`)}>{UNITS.open[lang]}</a>
        <a href={desk.href(`/posters?of=${unit.code}`)}>{UNITS.posters[lang]}</a>
        {parent && owesDailyReport(unit.kind) ? (
          <a href={desk.href(`/units/${parent}/excuse`)}>{UNITS.excuse[lang]}</a>
        ) : null}
        {props.mayManage ? <a href={desk.href(`/manage/${unit.code}/unit`)}>{UNITS.settings[lang]}</a> : null}
        {desk.may("appoint") ? <a href={desk.href("/officials")}>{UNITS.colleagues[lang]}</a> : null}
      </p>
      <ContactSection {...props} />
      <LinkSection {...props} />
    </DeskPage>
  );
};
