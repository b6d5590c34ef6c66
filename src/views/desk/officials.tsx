import type { FieldError } from "../../domain/problem.ts";
import { maskedEmail } from "../../domain/sign-in.ts";
import { LANGS, type Lang } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { Notice } from "../notice.tsx";
import { AskChoice, AskText, Facts } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { LANGUAGE_NAMES } from "../words.ts";
import type { DeskView } from "./nav.tsx";
import { OFFICIALS } from "./officials-words.ts";
import { DeskPage } from "./page.tsx";
import { DESK } from "./words.ts";

export type OfficeView = {
  id: string;
  name: string;
  email: string;
  role: keyof typeof DESK.roles;
  lang: Lang;
  unit: { code: string; name: string };
  recordedAt: Date;
  removedAt: Date | null;
};
export type TypedOffice = Partial<Record<"name" | "email" | "unit" | "role" | "lang", string>>;

type ListProps = {
  desk: DeskView;
  offices: OfficeView[];
  /** Where the next page begins. */
  next?: string | undefined;
  /** Of this page itself, for the language switch. */
  path: string;
  done?: "added" | "ended" | undefined;
  errors?: readonly FieldError[];
  typed?: TypedOffice;
};

/** Everybody in office within my scope, by unit, and the form to appoint another. */
export const OfficialsPage = (props: ListProps) => {
  const { desk, offices, next, path, done, errors = [], typed = {} } = props;
  const { lang, zone, today } = desk;
  return (
    <DeskPage
      desk={desk}
      title={OFFICIALS.title[lang]}
      path={path}
      room="/officials"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {done ? (
        <p class="note" role="status">
          {OFFICIALS[done][lang]}
        </p>
      ) : null}
      <h1>{OFFICIALS.title[lang]}</h1>
      <p class="soft">{offices.length === 0 ? OFFICIALS.none[lang] : OFFICIALS.count[lang]}</p>
      {offices.length === 0 ? null : (
        <table class="board">
          <thead>
            <tr>
              {(["name", "unit", "role", "email", "since"] as const).map((column) => (
                <th scope="col">{OFFICIALS[column][lang]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {offices.map(({ id, name, unit, role, email, recordedAt }) => (
              <tr>
                <th scope="row">
                  <a href={desk.href(`/officials/${id}`)}>{name}</a>
                </th>
                <td data-head={OFFICIALS.unit[lang]}>
                  {unit.name} <span class="soft">{unit.code}</span>
                </td>
                <td data-head={OFFICIALS.role[lang]}>{DESK.roles[role][lang]}</td>
                <td data-head={OFFICIALS.email[lang]}>{maskedEmail(email)}</td>
                <td data-head={OFFICIALS.since[lang]}>{momentWords(recordedAt, zone, lang, today)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {next ? (
        <p>
          <a href={desk.href(`/officials?after=${next}`)}>{OFFICIALS.more[lang]}</a>
        </p>
      ) : null}
      <section aria-labelledby="add" class="narrow">
        <h2 id="add">{OFFICIALS.addTitle[lang]}</h2>
        <form method="post" action={desk.href("/officials")} novalidate>
          <AskText
            name="name"
            label={OFFICIALS.name[lang]}
            errors={errors}
            lang={lang}
            value={typed.name}
            max={60}
          />
          <AskText
            name="email"
            type="email"
            label={OFFICIALS.email[lang]}
            errors={errors}
            lang={lang}
            value={typed.email}
            max={254}
          />
          <Office desk={desk} errors={errors} typed={typed} />
          <AskChoice
            name="lang"
            label={OFFICIALS.language[lang]}
            errors={errors}
            lang={lang}
            choices={LANGUAGES}
            value={typed.lang ?? lang}
          />
          <button type="submit" class="main">
            {OFFICIALS.add[lang]}
          </button>
        </form>
      </section>
    </DeskPage>
  );
};

/** Where and as what. */
const Office = ({
  desk: { lang, officer },
  errors,
  typed,
}: {
  desk: DeskView;
  errors: readonly FieldError[];
  typed: TypedOffice;
}) => (
  <>
    <AskText
      name="unit"
      label={OFFICIALS.unitCode[lang]}
      hint={OFFICIALS.unitHint(`${officer.unit.name} ${officer.unit.code}`)[lang]}
      errors={errors}
      lang={lang}
      value={typed.unit ?? officer.unit.code}
      max={18}
    />
    <AskChoice
      name="role"
      label={OFFICIALS.role[lang]}
      errors={errors}
      lang={lang}
      choices={OFFICIALS.roles}
      value={typed.role}
    />
  </>
);

type OneProps = {
  desk: DeskView;
  office: OfficeView;
  done?: "changed" | undefined;
  errors?: readonly FieldError[];
  typed?: TypedOffice;
  /** Why it was not done: somebody was first, or it is the last administrator. */
  refused?: string;
};

/** One office: whose it is, another role or unit, its end. */
export const OfficialPage = ({ desk, office, done, errors = [], typed, refused }: OneProps) => {
  const { lang, zone, today } = desk;
  const { id, name, unit, role, email, recordedAt, removedAt } = office;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  return (
    <DeskPage
      desk={desk}
      // A browser keeps titles, on a shared computer too.
      title={OFFICIALS.one[lang]}
      path={`/officials/${id}`}
      room="/officials"
      error={errors.length > 0 || refused !== undefined}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {refused ? <Notice title={refused} /> : null}
      {done ? (
        <p class="note" role="status">
          {OFFICIALS[done][lang]}
        </p>
      ) : null}
      <p class="back">
        <a href={desk.href("/officials")}>
          <span aria-hidden="true">‹ </span>
          {OFFICIALS.title[lang]}
        </a>
      </p>
      <h1>{name}</h1>
      <Facts
        facts={[
          [OFFICIALS.unit[lang], `${unit.name} ${unit.code}`],
          [OFFICIALS.role[lang], DESK.roles[role][lang]],
          [OFFICIALS.email[lang], email],
          [OFFICIALS.language[lang], LANGUAGE_NAMES[office.lang]],
          [OFFICIALS.since[lang], when(recordedAt)],
        ]}
      />
      {removedAt ? (
        <>
          <p>
            <strong>{OFFICIALS.endedAt(when(removedAt))[lang]}</strong>
          </p>
          {typed ? (
            <Facts
              facts={[
                [OFFICIALS.unit[lang], typed.unit],
                [OFFICIALS.role[lang], roleWords(typed.role, lang)],
              ]}
            />
          ) : null}
        </>
      ) : (
        <div class="narrow">
          <h2>{OFFICIALS.changeTitle[lang]}</h2>
          <p class="hint">{OFFICIALS.changeHint[lang]}</p>
          <form method="post" action={desk.href(`/officials/${id}/change`)} novalidate>
            <Office desk={desk} errors={errors} typed={typed ?? { unit: unit.code, role }} />
            <button type="submit" class="second">
              {OFFICIALS.change[lang]}
            </button>
          </form>
          <h2>{OFFICIALS.endTitle[lang]}</h2>
          <form method="post" action={desk.href(`/officials/${id}/end`)}>
            <p class="hint">{OFFICIALS.endHint[lang]}</p>
            <button type="submit" class="second">
              {OFFICIALS.end[lang]}
            </button>
          </form>
        </div>
      )}
    </DeskPage>
  );
};

const roleWords = (role: string | undefined, lang: Lang) =>
  role && Object.hasOwn(DESK.roles, role) ? DESK.roles[role as keyof typeof DESK.roles][lang] : role;

const LANGUAGES = Object.fromEntries(
  LANGS.map((one) => [one, Object.fromEntries(LANGS.map((lang) => [lang, LANGUAGE_NAMES[one]]))]),
) as Record<Lang, Record<Lang, string>>;
