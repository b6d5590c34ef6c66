import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { momentWords } from "../moment.ts";
import { AskText } from "../unit-parts.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { POSTERS } from "./poster-words.ts";
import { Act, Ask, AskSelect, Crumbs } from "./units-parts.tsx";
import { UNITS } from "./units-words.ts";

export type PointView = {
  id: string;
  name: string;
  unitCode: string;
  unitName: string;
  link: { tokenHash: string; expiresAt: Date | null } | undefined;
  count: { households: number; persons: number; householdsToday: number; personsToday: number };
  more: boolean;
};
export type PostersProps = {
  desk: DeskView & { sees: (code: string) => boolean };
  /** Whose posters, with everything below it. */
  of: { code: string; name: string };
  path: readonly { code: string; name: string }[];
  points: readonly PointView[];
  next?: { unitCode: string; id: string } | undefined;
  continued: boolean;
  /** Where a poster can be put: the unit itself and the units directly below. */
  places: readonly { code: string; name: string }[];
  /** Whether villages stand directly below: one each can be made at once. */
  bulk: boolean;
  clientId: string;
  mayManage: boolean;
  said?: string | undefined;
  errors: readonly FieldError[];
  typed: Record<string, string>;
};

/** /desk/posters: where posters hang, and what came in through each. */
export const PostersPage = (props: PostersProps) => {
  const { desk, of, path, points, next, continued, mayManage, bulk, said, errors } = props;
  const { lang, now, zone } = desk;
  const here = `/posters?of=${of.code}`;
  return (
    <DeskPage desk={desk} title={POSTERS.title[lang]} path={here} room="/units" error={errors.length > 0}>
      <Crumbs desk={desk} path={path} />
      <ErrorSummary errors={errors} lang={lang} />
      {said ? (
        <p class="note" role="status">
          {said}
        </p>
      ) : null}
      <h1>{POSTERS.of(of.name)[lang]}</h1>
      <p>{POSTERS.hint[lang]}</p>
      <p class="asof">{UNITS.asOf(momentWords(now, lang, zone, now))[lang]}</p>
      {points.length === 0 ? <p>{POSTERS.none[lang]}</p> : <Board {...props} />}
      <p class="ways">
        {continued ? <a href={desk.href(here)}>{POSTERS.first[lang]}</a> : null}
        {next ? (
          <a href={desk.href(`${here}&after=${next.unitCode},${next.id}`)}>{POSTERS.more[lang]}</a>
        ) : null}
      </p>
      {mayManage && points.length > 0 ? (
        <a class="second narrow" href={desk.href(`/posters/print?of=${of.code}`)}>
          {POSTERS.printAll[lang]}
        </a>
      ) : null}
      {mayManage && bulk ? (
        <Act
          desk={desk}
          to="/posters/bulk"
          fields={{ of: of.code }}
          label={POSTERS.bulk[lang]}
          look="second narrow"
        />
      ) : null}
      {mayManage ? <Add {...props} /> : null}
    </DeskPage>
  );
};

const Board = ({ desk, points, mayManage }: PostersProps) => {
  const { lang, now, zone } = desk;
  const heads = [POSTERS.number, POSTERS.point, POSTERS.unit, POSTERS.today, POSTERS.total, POSTERS.link];
  return (
    <table class="board">
      <thead>
        <tr>
          {[...heads, ...(mayManage ? [POSTERS.acts] : [])].map((head) => (
            <th scope="col">{head[lang]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ id, name, unitCode, unitName, link, count, more }) => (
          <tr>
            <th scope="row">{id}</th>
            <td data-head={POSTERS.point[lang]}>{name}</td>
            <td data-head={POSTERS.unit[lang]}>
              <a class="tap" href={desk.href(`/manage/${unitCode}`)}>
                {unitName}
              </a>
            </td>
            <td data-head={POSTERS.today[lang]}>
              {
                POSTERS.count(
                  count.householdsToday,
                  count.personsToday,
                  more && count.householdsToday === count.households,
                )[lang]
              }
            </td>
            <td data-head={POSTERS.total[lang]}>
              {POSTERS.count(count.households, count.persons, more)[lang]}
            </td>
            <td data-head={POSTERS.link[lang]}>
              {link === undefined ? (
                <span class="alarm">{POSTERS.dead[lang]}</span>
              ) : link.expiresAt ? (
                POSTERS.until(momentWords(link.expiresAt, lang, zone, now))[lang]
              ) : (
                POSTERS.forever[lang]
              )}
            </td>
            {mayManage ? (
              <td class="acts">
                {link ? (
                  <a class="tap" href={desk.href(`/posters/print?point=${id}`)}>
                    {POSTERS.print[lang]}
                    <span class="vh"> {id}</span>
                  </a>
                ) : null}
                <Ask label={POSTERS.renew[lang]} about={id}>
                  <p>{POSTERS.renewSure[lang]}</p>
                  <Act
                    desk={desk}
                    to={`/posters/${id}/renew`}
                    fields={{ link: link?.tokenHash ?? "" }}
                    label={POSTERS.renew[lang]}
                    about={id}
                    look="second"
                  />
                </Ask>
                <Ask label={POSTERS.remove[lang]} about={id}>
                  <p>{POSTERS.removeSure[lang]}</p>
                  <Act
                    desk={desk}
                    to={`/posters/${id}/remove`}
                    label={POSTERS.removeButton[lang]}
                    about={id}
                    look="second"
                  />
                </Ask>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Add = ({ desk, of, places, clientId, errors, typed }: PostersProps) => {
  const { lang } = desk;
  const common = { errors, lang };
  const named = places.map(
    ({ code, name }) => [code, { "zh-Hans": name, "zh-Hant": name, en: name }] as const,
  );
  return (
    <section aria-labelledby="add">
      <h2 id="add">{POSTERS.add[lang]}</h2>
      <form method="post" action={desk.href("/posters")} class="narrow-form">
        <input type="hidden" name="of" value={of.code} />
        <input type="hidden" name="clientId" value={clientId} />
        <AskSelect
          {...common}
          name="unit"
          label={POSTERS.where[lang]}
          choices={Object.fromEntries(named)}
          choose={POSTERS.choose[lang]}
          value={typed.unit ?? (places.length === 1 ? places[0]?.code : undefined)}
        />
        <AskText
          {...common}
          name="name"
          label={POSTERS.name[lang]}
          hint={POSTERS.nameHint[lang]}
          max={40}
          value={typed.name}
        />
        <button type="submit" class="main">
          {POSTERS.addButton[lang]}
        </button>
      </form>
    </section>
  );
};
