import type { Field, Lang, RecordForm } from "../forms/define.ts";
import { recordFields } from "../forms/record.ts";
import { shortLabel } from "../forms/words.ts";
import { answerWords } from "./answers.tsx";
import { type Frame, Page, withLang } from "./layout.tsx";
import { dateWords } from "./moment.ts";
import { PhoneLink } from "./phone.tsx";
import { LIST } from "./public-list-words.ts";

export type OpenTown = {
  code: string;
  name: string;
  items: { id: string; unitName: string; facts: Readonly<Record<string, unknown>> }[];
};
export type PublicListProps = Frame & {
  list: RecordForm;
  /** In the order of the county's towns; what is nobody's town comes first, under the county's name. */
  towns: OpenTown[];
  /** All towns, where the list is too long for one page: then the reader chooses one. */
  choose?: { code: string; name: string }[] | undefined;
  /** The town that was chosen. */
  town?: { code: string; name: string } | undefined;
};

/** The group of what belongs to no town. */
export const COUNTY = "county";

/** What anybody may read of a form's records: where to go, whom to call, when it is open. */
export const PublicListPage = (props: PublicListProps) => {
  const { lang, list, towns, choose, town, now, zone } = props;
  const title = list.title[lang];
  const open = list.record.open;
  const path = `/lists/${list.name}${town ? `?town=${town.code}` : ""}`;
  return (
    <Page {...props} title={town ? `${title} · ${town.name}` : title} path={path} script>
      <h1>{title}</h1>
      <p>{open?.intro[lang]}</p>
      {town ? (
        <p>
          <a href={withLang(`/lists/${list.name}`, lang)}>{LIST.otherTown[lang]}</a>
        </p>
      ) : null}
      {choose ? <Choose {...props} choose={choose} /> : null}
      {!choose && towns.length === 0 ? <p class="note">{open?.empty[lang]}</p> : null}
      {towns.length > 2 ? <Jump towns={towns} lang={lang} /> : null}
      {towns.map((one) => (
        <Town {...props} one={one} alone={towns.length === 1 && one.code === COUNTY} />
      ))}
      <p class="soft">{LIST.asOf(dateWords(now, lang, zone, now))[lang]}</p>
      {towns.length > 0 ? (
        <button type="button" class="quiet js-only" data-print="1">
          {LIST.print[lang]}
        </button>
      ) : null}
    </Page>
  );
};

const Choose = ({ list, lang, choose }: PublicListProps & { choose: { code: string; name: string }[] }) => (
  <>
    <h2>{LIST.chooseTown[lang]}</h2>
    <ul class="pick">
      {choose.map(({ code, name }) => (
        <li>
          <a href={withLang(`/lists/${list.name}?town=${code}`, lang)}>{name}</a>
        </li>
      ))}
    </ul>
  </>
);

/** Where there are many towns: straight to one's own. */
const Jump = ({ towns, lang }: { towns: OpenTown[]; lang: Lang }) => (
  <nav aria-label={LIST.towns[lang]}>
    <ul class="pick">
      {towns.map(({ code, name }) => (
        <li>
          <a href={`#t-${code}`}>{name}</a>
        </li>
      ))}
    </ul>
  </nav>
);

const Town = ({
  one: { code, name, items },
  alone,
  ...props
}: PublicListProps & { one: OpenTown; alone: boolean }) => {
  const fields = (props.list.record.open?.fields ?? []).flatMap(
    (wanted) => recordFields(props.list).find((field) => field.name === wanted && !field.pii) ?? [],
  );
  // What an entry is called: its first answer that is words. Everything else stands below it.
  const head = fields.find(({ type }) => type === "text");
  const Name = alone ? "h2" : "h3";
  return (
    <section aria-label={name}>
      {alone ? null : (
        <h2 id={`t-${code}`} tabindex={-1}>
          {name}
        </h2>
      )}
      {items.map(({ unitName, facts }) => (
        <>
          <Name>{(head && said(head, facts, props)) ?? unitName}</Name>
          <dl class="summary">
            {fields
              .filter((field) => field !== head && answered(facts[field.name]))
              .map((field) => (
                <div>
                  <dt>{shortLabel(field, props.lang)}</dt>
                  <dd>
                    <Said field={field} facts={facts} {...props} />
                  </dd>
                </div>
              ))}
          </dl>
        </>
      ))}
    </section>
  );
};

const answered = (value: unknown) => value !== undefined && value !== null && value !== "";

const said = (field: Field, facts: Readonly<Record<string, unknown>>, frame: Frame) =>
  answered(facts[field.name]) ? answerWords(field, facts[field.name], frame) : undefined;

const Said = ({
  field,
  facts,
  ...frame
}: Frame & { field: Field; facts: Readonly<Record<string, unknown>> }) => {
  const words = said(field, facts, frame as Frame) ?? "";
  return field.type === "phone" ? <PhoneLink number={words} /> : <span>{words}</span>;
};
