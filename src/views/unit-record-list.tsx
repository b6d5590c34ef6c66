import type { Lang, RecordForm, Words } from "../forms/define.ts";
import { FILED, stateWords, WITHDRAWN } from "../forms/record.ts";
import { ASSETS } from "./assets.ts";
import { type DoorView, Due, UnitPage } from "./unit-parts.tsx";
import { RECORD } from "./unit-record-words.ts";
import { momentWords } from "./unit-words.ts";

/** A record in the list. `brief`: what tells it from the others, in words the reader may see. */
export type RecordLine = {
  id: string;
  unitName?: string | undefined;
  state: string;
  brief: string;
  occurredAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
};
/** How many were filed in the hour that begins then, 09:00. */
export type HourView = { clock: string; entries: number };
export type RecordListProps = {
  door: DoorView;
  form: RecordForm;
  /** Whether this unit files it. */
  own: boolean;
  open: number;
  overdue: number;
  lines: RecordLine[];
  state?: string | undefined;
  /** Where the next page begins. */
  next?: string | undefined;
  /** This page is not the first. */
  continued: boolean;
  hours: HourView[];
};

/** Where one is filed: what comes one after another has a page of its own for it. */
export const newPath = ({ name, record }: RecordForm): string =>
  `/records/${name}/${record.rapid ? "rapid" : "new"}`;

/** How many stand open; of a list that everybody may read, how many stand there. */
export function standingWords({ record }: RecordForm, open: number): Words {
  const said = record.open ? RECORD.listed : { open: RECORD.open, none: RECORD.noneOpen };
  return open === 0 ? said.none : said.open(open);
}
export const openHead = ({ record }: RecordForm): Words =>
  record.open ? RECORD.listed.head : RECORD.openHead;

/** The records of one form: open ones first, then settled ones. */
export const RecordListPage = (props: RecordListProps) => {
  const { door, form, own, open, overdue, lines, state, continued } = props;
  const { lang } = door;
  const title = form.title[lang];
  const path = pathOf(props, {});
  const parts = [
    { label: openHead(form), lines: lines.filter(({ endedAt }) => endedAt === null) },
    {
      label: form.record.open ? RECORD.listed.past : RECORD.settledPart,
      lines: lines.filter(({ endedAt }) => endedAt !== null),
    },
  ];
  return (
    <UnitPage door={door} title={title} path={path} more={{ css: ASSETS.unitCss }}>
      <p class="back">
        <a href={door.href("/records")}>
          <span aria-hidden="true">‹ </span>
          {RECORD.title[lang]}
        </a>
      </p>
      <h1>{title}</h1>
      {form.intro ? <p>{form.intro[lang]}</p> : null}
      {own ? (
        <a class="main" href={door.href(newPath(form))}>
          {RECORD.make(form.record.noun[lang])[lang]}
        </a>
      ) : null}
      <p>
        {standingWords(form, open)[lang]}
        {overdue > 0 ? (
          <>
            {lang === "en" ? ", " : "，"}
            <strong class="alarm">{RECORD.overdue(overdue)[lang]}</strong>
          </>
        ) : null}
      </p>
      <States {...props} />
      {lines.length === 0 ? <p class="soft">{(state ? RECORD.emptyState : RECORD.empty)[lang]}</p> : null}
      {parts.map((part) =>
        part.lines.length === 0 ? null : <Part {...props} label={part.label} lines={part.lines} />,
      )}
      {continued || props.next ? (
        <p class="ways-on">
          {continued ? <a href={door.href(pathOf(props, {}))}>{RECORD.first[lang]}</a> : null}
          {props.next ? (
            <a href={door.href(pathOf(props, { after: props.next }))}>{RECORD.more[lang]}</a>
          ) : null}
        </p>
      ) : null}
      {continued ? null : <Hours {...props} />}
    </UnitPage>
  );
};

const pathOf = ({ form, state }: RecordListProps, more: { after?: string }): string => {
  const query = new URLSearchParams({ ...(state ? { state } : {}), ...more }).toString();
  return `/records/${form.name}${query ? `?${query}` : ""}`;
};

/** Every state a record of the form can be in, as links: one is where the reader is. */
const States = ({ door, form, state }: RecordListProps) => {
  const { lang } = door;
  const names = statesOf(form).filter((name) => statesLike(form, name)?.[0] === name);
  const links: [string | undefined, Words][] = [
    [undefined, RECORD.all],
    ...names.map((name): [string, Words] => [name, stateWords(form, name)]),
  ];
  return (
    <nav class="states" aria-label={RECORD.states[lang]}>
      {links.map(([name, label]) => (
        <a
          href={door.href(`/records/${form.name}${name ? `?state=${name}` : ""}`)}
          aria-current={name === state ? "true" : undefined}
        >
          {asHead(label, lang)}
        </a>
      ))}
    </nav>
  );
};

const statesOf = ({ record }: RecordForm) => [
  ...new Set([FILED, ...record.steps.map(({ name }) => name), WITHDRAWN]),
];

/** Words that begin a line: in English with a capital. */
export const asHead = (words: Words, lang: Lang): string =>
  lang === "en" ? words.en.slice(0, 1).toUpperCase() + words.en.slice(1) : words[lang];

/** The states that are called as this one is: to a reader they are one. undefined for a state that the form does not have. */
export function statesLike(form: RecordForm, state: string): string[] | undefined {
  const names = statesOf(form);
  if (!names.includes(state)) return undefined;
  const said = (name: string) => stateWords(form, name)["zh-Hans"];
  return names.filter((name) => said(name) === said(state));
}

const Part = ({
  door,
  form,
  label,
  lines,
}: Pick<RecordListProps, "door" | "form" | "lines"> & { label: Words }) => {
  const { lang } = door;
  return (
    <section>
      <h2>{label[lang]}</h2>
      <ul class="board records">
        {lines.map((one) => (
          <li>
            <a href={door.href(`/records/${form.name}/${one.id}`)}>{one.id}</a>
            <span class="brief">
              {one.brief}
              {one.unitName ? `${one.brief ? " · " : ""}${one.unitName}` : ""}
            </span>
            <span class="stands">
              <strong>{asHead(stateWords(form, one.state), lang)}</strong>{" "}
              <When one={one} door={door} lang={lang} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const When = ({ one, door, lang }: { one: RecordLine; door: DoorView; lang: Lang }) =>
  one.endedAt === null && one.dueAt ? (
    <Due at={one.dueAt} door={door} />
  ) : (
    <span class="soft">{momentWords(one.endedAt ?? one.occurredAt, door.zone, lang, door.today)}</span>
  );

/** What was filed today, hour by hour; nothing where nothing was. */
const Hours = ({ door, form, hours }: Pick<RecordListProps, "door" | "form" | "hours">) => {
  if (hours.length === 0) return null;
  const { lang } = door;
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">{RECORD.today[lang]}</h2>
      <HourTable hours={hours} lang={lang} labelled="hours" />
      <p>
        <a class="link" href={door.href(`/records/${form.name}/hours`)}>
          {RECORD.otherDays[lang]}
        </a>
      </p>
    </section>
  );
};

export const HourTable = ({ hours, lang, labelled }: { hours: HourView[]; lang: Lang; labelled: string }) => (
  <table class="counts hours" aria-labelledby={labelled}>
    <thead>
      <tr>
        <th scope="col">{RECORD.hour[lang]}</th>
        <th scope="col">{RECORD.filed[lang]}</th>
      </tr>
    </thead>
    <tbody>
      {hours.map(({ clock, entries }) => (
        <tr>
          <th scope="row">{clock}</th>
          <td>{entries}</td>
        </tr>
      ))}
      <tr>
        <th scope="row">{RECORD.sum[lang]}</th>
        <td>
          <strong>{hours.reduce((sum, { entries }) => sum + entries, 0)}</strong>
        </td>
      </tr>
    </tbody>
  </table>
);
