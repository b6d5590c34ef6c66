import { roleWords } from "../domain/care-team.ts";
import type { FieldError } from "../domain/problem.ts";
import { ErrorSummary } from "./form.tsx";
import { AskText, type DoorView, Facts, masked, UnitPage } from "./unit-parts.tsx";
import { CARE } from "./unit-watch-words.ts";

export type CareView = { role: string; name?: string | undefined; phone?: string | undefined };

/** A named person for one role of a household's care team. */
export const CarePage = ({
  door,
  householdId,
  role,
  standing,
  errors = [],
  typed = {},
}: {
  door: DoorView;
  householdId: string;
  role: string;
  /** Who has the role now, masked. */
  standing?: string | undefined;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
}) => {
  const { lang } = door;
  const path = `/care/${householdId}/${encodeURIComponent(role)}`;
  const common = { errors, lang };
  return (
    <UnitPage door={door} title={CARE.title[lang]} path={path} error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{CARE.title[lang]}</h1>
      <Facts
        facts={[
          [CARE.household[lang], <a href={door.href(`/case/${householdId}`)}>{householdId}</a>],
          [CARE.role[lang], roleWords(role, lang)],
          [CARE.team[lang], standing ?? CARE.missing[lang]],
        ]}
      />
      <form method="post" action={door.href(path)}>
        <AskText {...common} name="name" label={CARE.name[lang]} max={40} value={typed.name} />
        <AskText {...common} name="phone" label={CARE.phone[lang]} max={20} value={typed.phone} />
        <AskText
          {...common}
          name="email"
          label={CARE.email[lang]}
          hint={CARE.emailHint[lang]}
          max={200}
          value={typed.email}
        />
        <button type="submit" class="main">
          {CARE.button[lang]}
        </button>
      </form>
    </UnitPage>
  );
};

/** Who answers for a household, by role; names masked until they are asked for on record. */
export const CareTeam = ({
  door,
  householdId,
  team,
  shown,
}: {
  door: DoorView;
  householdId: string;
  team: CareView[];
  shown: boolean;
}) => {
  const { lang } = door;
  return (
    <section aria-labelledby="team">
      <h2 id="team">{CARE.team[lang]}</h2>
      <ul class="board">
        {team.map(({ role, name, phone }) => (
          <li>
            <span class="what">{roleWords(role, lang)}</span>
            <span class={name ? undefined : "soft"}>
              {name ? (shown ? name : masked(name)) : CARE.missing[lang]}
              {shown && phone ? (
                <>
                  {" "}
                  <a href={`tel:${phone}`}>{phone}</a>
                </>
              ) : null}
            </span>
            <span class="act">
              <a href={door.href(`/care/${householdId}/${encodeURIComponent(role)}`)}>
                {(name ? CARE.change : CARE.fill)[lang]}
                <span class="vh"> {roleWords(role, lang)}</span>
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
