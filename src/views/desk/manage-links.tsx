import { momentWords } from "../moment.ts";
import { AskText } from "../unit-parts.tsx";
import type { ManageProps } from "./manage.tsx";
import { Act, Ask, AskSelect } from "./units-parts.tsx";
import { LINK } from "./units-words.ts";

export type Links = {
  links: readonly { tokenHash: string; recordedAt: Date; expiresAt: Date | null }[];
  /** Whether there are units below, whose links can be made and printed at once. */
  hasBelow: boolean;
};

/** The unit's own links: keys, so they stand here without their address. */
export const LinkSection = (props: ManageProps) => {
  const { desk, unit, links, mayManage, hasBelow } = props;
  const { lang } = desk;
  const base = `/manage/${unit.code}/links`;
  return (
    <section aria-labelledby="links">
      <h2 id="links">{LINK.title[lang]}</h2>
      <p>{LINK.hint[lang]}</p>
      {links.length > 0 ? <Board {...props} /> : <p>{LINK.none[lang]}</p>}
      {mayManage && links.length === 0 && !unit.closedAt ? (
        <Act desk={desk} to={base} label={LINK.make[lang]} look="main narrow" />
      ) : null}
      {mayManage && hasBelow ? (
        <>
          <h3>{LINK.bulk[lang]}</h3>
          <div class="ways">
            <Act desk={desk} to={`${base}/below`} label={LINK.bulkMake[lang]} look="second" />
            <Act
              desk={desk}
              to={`/manage/${unit.code}/cards/below`}
              label={LINK.bulkPrint[lang]}
              look="second"
            />
          </div>
        </>
      ) : null}
    </section>
  );
};

const Board = ({ desk, unit, links, mayManage, errors, typed }: ManageProps) => {
  const { lang, zone, now } = desk;
  const base = `/manage/${unit.code}/links`;
  const when = (at: Date) => momentWords(at, lang, zone, now);
  return (
    <>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">{LINK.since[lang]}</th>
            <th scope="col">{LINK.until[lang]}</th>
          </tr>
        </thead>
        <tbody>
          {links.map(({ recordedAt, expiresAt }) => (
            <tr>
              <th scope="row">{when(recordedAt)}</th>
              <td data-head={LINK.until[lang]}>{expiresAt ? when(expiresAt) : LINK.forever[lang]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayManage
        ? links.map(({ tokenHash, recordedAt }, at) => {
            const mine = typed.link === tokenHash || (typed.link === undefined && at === 0);
            const about = when(recordedAt);
            const common = { errors: mine ? errors : [], lang };
            return (
              <div class="acts">
                {links.length > 1 ? <p class="soft">{about}</p> : null}
                {at === 0 ? (
                  <>
                    <Act
                      desk={desk}
                      to={`/manage/${unit.code}/cards`}
                      label={LINK.show[lang]}
                      look="second narrow"
                    />
                    <p class="hint">{LINK.showNote[lang]}</p>
                  </>
                ) : null}
                <Ask label={LINK.renew[lang]} about={about}>
                  <p>{LINK.renewSure[lang]}</p>
                  <Act
                    desk={desk}
                    to={`${base}/renew`}
                    fields={{ link: tokenHash }}
                    label={LINK.renew[lang]}
                    about={about}
                    look="second narrow"
                  />
                </Ask>
                <Ask
                  label={LINK.revoke[lang]}
                  about={about}
                  open={mine && errors.some(({ path }) => path === "reason" || path === "note")}
                >
                  <p>{LINK.revokeSure[lang]}</p>
                  <form method="post" action={desk.href(`${base}/revoke`)} class="narrow-form">
                    <input type="hidden" name="link" value={tokenHash} />
                    <AskSelect
                      {...common}
                      name="reason"
                      label={LINK.reason[lang]}
                      choices={LINK.reasons}
                      choose="—"
                      value={mine ? typed.reason : undefined}
                    />
                    <AskText
                      {...common}
                      name="note"
                      label={LINK.note[lang]}
                      hint={LINK.noteHint[lang]}
                      max={300}
                      value={mine ? typed.note : undefined}
                    />
                    <button type="submit" class="second">
                      {LINK.revoke[lang]}
                    </button>
                  </form>
                </Ask>
              </div>
            );
          })
        : null}
    </>
  );
};
