import type { FieldError } from "../../domain/problem.ts";
import { MAX_LABEL, type RelyingParty } from "../../domain/sign-in.ts";
import { LANGS } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { AskText, Facts } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { LANGUAGE_NAMES } from "../words.ts";
import { DESK_ASSETS } from "./assets.ts";
import { ME } from "./me-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { DESK } from "./words.ts";

export type MeProps = {
  desk: DeskView;
  sessions: { way: keyof typeof ME.ways; recordedAt: Date; seenAt: Date; here: boolean }[];
  passkeys: { id: string; label: string; recordedAt: Date; usedAt: Date | null }[];
  party: RelyingParty | undefined;
  done?: keyof typeof ME.done | undefined;
  errors?: readonly FieldError[];
};

/** Who I am here, where I am signed in, and my passkeys. */
export const MePage = (props: MeProps) => {
  const { desk, done, errors = [] } = props;
  const { lang, officer } = desk;
  return (
    <DeskPage
      desk={desk}
      title={ME.title[lang]}
      path="/me"
      js={props.party && DESK_ASSETS.passkeyJs}
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {done ? (
        <p class="note" role="status">
          {ME.done[done][lang]}
        </p>
      ) : null}
      <h1>{ME.title[lang]}</h1>
      <Facts
        facts={[
          [ME.name[lang], officer.name],
          [ME.unit[lang], officer.unit.name],
          [ME.role[lang], DESK.roles[officer.role][lang]],
        ]}
      />
      <Out desk={desk} />
      <Sessions {...props} />
      <Passkeys {...props} />
      <Language desk={desk} />
    </DeskPage>
  );
};

const Out = ({ desk }: { desk: DeskView }) => (
  <form method="post" action={desk.href("/sign-out")} class="narrow">
    <button type="submit" class="second">
      {ME.out[desk.lang]}
    </button>
    <button type="submit" class="second" name="all" value="1">
      {ME.outAll[desk.lang]}
    </button>
  </form>
);

const Sessions = ({ desk, sessions }: MeProps) => {
  const { lang, zone, today } = desk;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{ME.sessions[lang]}</h2>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">{ME.way[lang]}</th>
            <th scope="col">{ME.since[lang]}</th>
            <th scope="col">{ME.seen[lang]}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ way, recordedAt, seenAt, here }) => (
            <tr>
              <th scope="row">
                {ME.ways[way][lang]}
                {here ? <span class="soft"> · {ME.here[lang]}</span> : null}
              </th>
              <td data-head={ME.since[lang]}>{when(recordedAt)}</td>
              <td data-head={ME.seen[lang]}>{when(seenAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">{ME.life[lang]}</p>
    </section>
  );
};

const Passkeys = ({ desk, passkeys, party, errors = [] }: MeProps) => {
  const { lang, zone, today } = desk;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{ME.passkeys[lang]}</h2>
      <p class="hint">{ME.passkeysHint[lang]}</p>
      {passkeys.length === 0 ? null : (
        <ul class="people">
          {passkeys.map(({ id, label, recordedAt, usedAt }, at) => (
            <li>
              <h3>{label}</h3>
              <p class="soft">
                {ME.added[lang]} {when(recordedAt)} · {ME.used[lang]} {usedAt ? when(usedAt) : ME.never[lang]}
              </p>
              <details open={errors.some(({ path }) => path === `label-${at}`)}>
                <summary>{ME.rename[lang]}</summary>
                <form method="post" action={desk.href("/me/passkey/change")} class="narrow">
                  <input type="hidden" name="id" value={id} />
                  <AskText
                    name={`label-${at}`}
                    label={ME.label[lang]}
                    errors={errors}
                    lang={lang}
                    value={label}
                    max={MAX_LABEL}
                  />
                  <button type="submit" class="second">
                    {ME.save[lang]}
                  </button>
                  <button type="submit" class="quiet" name="remove" value="1">
                    {ME.remove[lang]}
                  </button>
                </form>
              </details>
            </li>
          ))}
        </ul>
      )}
      {party ? (
        <div
          hidden
          class="narrow"
          data-passkey="register"
          data-rp={party.id}
          data-lang={lang}
          data-failed={ME.failed[lang]}
        >
          <div class="field">
            <label for="f-label">{ME.label[lang]}</label>
            <p class="hint" id="h-label">
              {ME.labelHint[lang]}
            </p>
            <input id="f-label" aria-describedby="h-label" maxlength={MAX_LABEL} autocomplete="off" />
          </div>
          <button type="button" class="second">
            {ME.add[lang]}
          </button>
          <p class="error" role="alert" />
        </div>
      ) : null}
      <p class="soft" data-without>
        {ME.noPasskey[lang]}
      </p>
    </section>
  );
};

const Language = ({ desk }: { desk: DeskView }) => (
  <form method="post" action={desk.at("/me/language")} class="narrow">
    <h2>
      <label for="f-lang">{ME.language[desk.lang]}</label>
    </h2>
    <div class="field">
      <select id="f-lang" name="lang">
        {LANGS.map((one) => (
          <option value={one} lang={one} selected={one === desk.lang}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </div>
    <button type="submit" class="second">
      {ME.save[desk.lang]}
    </button>
  </form>
);
