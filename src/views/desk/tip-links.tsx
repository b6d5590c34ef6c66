import { AskText } from "../unit-parts.tsx";
import type { TipProps } from "./tip.tsx";
import { TIPS } from "./tips-words.ts";
import { Act, Ask } from "./units-parts.tsx";

/** The persons it tells of, and the tips that are answered together with it. */
export const Links = (props: TipProps) => (
  <>
    <h2>{TIPS.linked[props.desk.lang]}</h2>
    <Persons {...props} />
    <Tips {...props} />
  </>
);

const Persons = ({ desk, tip: it, choices, errors = [], typed }: TipProps) => {
  const { lang } = desk;
  const settle = desk.may("settle");
  const mine = typed?.form === "person" ? typed.person : undefined;
  return (
    <>
      <h3>{TIPS.persons[lang]}</h3>
      {it.persons.length === 0 ? <p>{TIPS.noPersons[lang]}</p> : null}
      <ul class="messages">
        {it.persons.map(({ id, caseNumber, href }) => (
          <li>
            {href ? (
              <a href={href} aria-label={`${TIPS.openCase[lang]} ${caseNumber}`}>
                {id}
              </a>
            ) : (
              TIPS.personElsewhere[lang]
            )}{" "}
            {settle && href ? (
              <Act
                desk={desk}
                to={`/tips/${it.id}/unlink`}
                fields={{ kind: "person", target: id }}
                label={TIPS.unlink[lang]}
                about={id}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {settle && choices ? (
        <form method="post" action={desk.href(`/tips/${it.id}/person`)}>
          <fieldset>
            <legend>{TIPS.which[lang]}</legend>
            <div class="choices">
              {choices.map((id, at) => (
                <div class="choice">
                  <input type="radio" id={at === 0 ? "f-which" : `f-which-${at}`} name="person" value={id} />
                  <label for={at === 0 ? "f-which" : `f-which-${at}`}>{id}</label>
                </div>
              ))}
            </div>
          </fieldset>
          <button type="submit" class="second">
            {TIPS.linkPerson[lang]}
          </button>
        </form>
      ) : settle ? (
        <Ask label={TIPS.linkPerson[lang]} open={typed?.form === "person"}>
          <form method="post" action={desk.href(`/tips/${it.id}/person`)}>
            <AskText
              name="person"
              label={TIPS.person[lang]}
              hint={TIPS.personHint[lang]}
              errors={errors}
              lang={lang}
              max={40}
              value={mine}
            />
            <button type="submit" class="second">
              {TIPS.linkPerson[lang]}
            </button>
          </form>
        </Ask>
      ) : null}
    </>
  );
};

const Tips = ({ desk, tip: it, errors = [], typed }: TipProps) => {
  const { lang } = desk;
  const settle = desk.may("settle");
  const hidden = it.followers.filter(({ shown }) => !shown).length;
  const open = !it.verifiedAt;
  return (
    <>
      <h3>{TIPS.tipsLinked[lang]}</h3>
      {it.lead ? (
        <p>
          {it.lead.shown ? (
            <a href={desk.href(`/tips/${it.lead.id}`)}>{TIPS.lead(it.lead.id)[lang]}</a>
          ) : (
            TIPS.lead(it.lead.id)[lang]
          )}{" "}
          {settle && open ? (
            <Act
              desk={desk}
              to={`/tips/${it.id}/unlink`}
              fields={{ kind: "tip", target: it.lead.id }}
              label={TIPS.unlink[lang]}
              about={it.lead.id}
            />
          ) : null}
        </p>
      ) : null}
      {!it.lead && it.followers.length === 0 ? <p>{TIPS.noTips[lang]}</p> : null}
      <ul class="messages">
        {it.followers
          .filter(({ shown }) => shown)
          .map(({ id }) => (
            <li>
              <a class="tap" href={desk.href(`/tips/${id}`)}>
                {id}
              </a>
            </li>
          ))}
        {hidden > 0 ? <li>{TIPS.elsewhere(hidden)[lang]}</li> : null}
      </ul>
      {settle && open && !it.lead ? (
        <Ask label={TIPS.linkTip[lang]} open={typed?.form === "link"}>
          <form method="post" action={desk.href(`/tips/${it.id}/link`)}>
            <AskText
              name="other"
              label={TIPS.other[lang]}
              hint={TIPS.otherHint[lang]}
              errors={errors}
              lang={lang}
              max={40}
              value={typed?.form === "link" ? typed.other : ""}
            />
            <button type="submit" class="second">
              {TIPS.linkTip[lang]}
            </button>
          </form>
        </Ask>
      ) : null}
    </>
  );
};
