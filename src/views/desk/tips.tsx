import type { Child } from "hono/jsx";
import { tip as form } from "../../../forms/tip.ts";
import type { FieldError } from "../../domain/problem.ts";
import { TIP_TABS, type TipTab } from "../../domain/tip-desk.ts";
import { ErrorSummary } from "../form.tsx";
import { momentWords } from "../moment.ts";
import { TIP } from "../unit-case-words.ts";
import { AskText, labelOf } from "../unit-parts.tsx";
import { spanWords, UNIT } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { TIPS } from "./tips-words.ts";

/** A tip as the queue shows it: db/tip-desk.ts's TipLine. */
export type TipLineView = {
  tipId: string;
  holderName: string;
  category: string;
  recordedAt: number;
  dueAt: number;
  /** 0 while it is open. */
  metAt: number;
  outcome: "true" | "untrue" | "unclear" | null;
  officialId: string | null;
  lead: string | null;
  followers: number;
  wroteBack: boolean;
};
export type TipsProps = {
  desk: DeskView & { officer: { id: string } };
  tab: TipTab;
  lines: TipLineView[];
  next?: string | undefined;
  continued: boolean;
  /** Of the tabs of open tips; `more` where nobody counted on. */
  counts: Record<Exclude<TipTab, "settled">, { n: number; more: boolean }>;
  typed?: string;
  errors?: readonly FieldError[];
  done?: Child;
};

/** /desk/tips: the queue, the earliest promise first. */
export const TipsPage = (props: TipsProps) => {
  const { desk, tab, lines, next, continued, typed = "", errors = [], done } = props;
  const { lang, now, zone } = desk;
  const at = (more: Record<string, string> = {}) => `/tips?${new URLSearchParams({ tab, ...more })}`;
  return (
    <DeskPage desk={desk} title={TIPS.title[lang]} path={at()} room="/tips" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      {done}
      <h1>{TIPS.title[lang]}</h1>
      <Tabs {...props} />
      <form method="post" action={desk.href("/tips")} class="filters">
        <AskText name="number" label={TIPS.find[lang]} errors={errors} lang={lang} max={40} value={typed} />
        <div>
          <button type="submit" class="second">
            {TIPS.findButton[lang]}
          </button>
        </div>
        {desk.may("settle") ? (
          <div>
            <a class="second" href={desk.href("/tips/new")}>
              {TIPS.enter[lang]}
            </a>
          </div>
        ) : null}
      </form>
      <p class="asof">
        {TIPS.asOf(momentWords(now, lang, zone, now))[lang]}
        {lang === "en" ? ". " : "。"}
        {TIPS.order[tab][lang]}
      </p>
      {lines.length === 0 ? <p>{TIPS.empty[tab][lang]}</p> : <Lines {...props} />}
      {continued || next ? (
        <p class="ways">
          {continued ? <a href={desk.href(at())}>{TIPS.first[lang]}</a> : null}{" "}
          {next ? <a href={desk.href(at({ after: next }))}>{TIPS.next[lang]}</a> : null}
        </p>
      ) : null}
    </DeskPage>
  );
};

const Tabs = ({ desk, tab, counts }: TipsProps) => {
  const { lang } = desk;
  return (
    <nav class="rooms tabs" aria-label={TIPS.title[lang]}>
      {TIP_TABS.map((one) => {
        const { n, more } = one === "settled" ? { n: -1, more: false } : counts[one];
        return (
          <a href={desk.href(`/tips?tab=${one}`)} aria-current={one === tab ? "page" : undefined}>
            {TIPS.tabs[one][lang]}
            {n < 0 ? null : <span class="soft"> {(more ? TIPS.orMore(n) : TIPS.count(n))[lang]}</span>}
          </a>
        );
      })}
    </nav>
  );
};

const Lines = ({ desk, tab, lines }: TipsProps) => {
  const { lang } = desk;
  const { head } = TIPS;
  const time = tab === "settled" ? head.settled : head.due;
  return (
    <table class="board">
      <thead>
        <tr>
          {[time, head.number, head.category, head.holder, head.state].map((words) => (
            <th scope="col">{words[lang]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <td data-head={time[lang]}>
              <When desk={desk} line={line} />
            </td>
            <td data-head={head.number[lang]}>
              <a class="nb tap" href={desk.href(`/tips/${line.tipId}`)}>
                {line.tipId}
              </a>
            </td>
            <td data-head={head.category[lang]}>{labelOf(form, "category", line.category, lang)}</td>
            <td data-head={head.holder[lang]}>{line.holderName}</td>
            <td data-head={head.state[lang]}>
              <State desk={desk} line={line} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** By when it is promised; once that has passed, by how much, in words. */
const When = ({ desk, line }: { desk: DeskView; line: TipLineView }) => {
  const { lang, zone, now } = desk;
  const due = new Date(line.dueAt);
  if (line.metAt > 0) return <>{momentWords(new Date(line.metAt), lang, zone, now)}</>;
  const late = now.getTime() - line.dueAt;
  return late >= 0 ? (
    <>
      <strong class="alarm">{UNIT.overdue(spanWords(late, lang))[lang]}</strong>
      <br />
      <span class="soft">{momentWords(due, lang, zone, now)}</span>
    </>
  ) : (
    <>
      {momentWords(due, lang, zone, now)}
      <br />
      <span class="soft">{UNIT.left(spanWords(-late, lang))[lang]}</span>
    </>
  );
};

const State = ({ desk, line }: { desk: TipsProps["desk"]; line: TipLineView }) => {
  const { lang } = desk;
  const { outcome, officialId, lead, followers, wroteBack } = line;
  const open = line.metAt === 0;
  const given =
    officialId === desk.officer.id ? (
      <strong>{TIPS.toMe[lang]}</strong>
    ) : officialId ? (
      TIPS.given[lang]
    ) : (
      TIPS.notGiven[lang]
    );
  const said: Child[] = [
    ...(wroteBack ? [<strong>{TIPS.wroteBack[lang]}</strong>] : []),
    ...(outcome ? [TIP.outcomes[outcome][lang]] : []),
    ...(open && !lead ? [given] : []),
    ...(lead ? [TIPS.follows(lead)[lang]] : []),
    ...(followers > 0 ? [TIPS.leads(followers)[lang]] : []),
  ];
  return (
    <>
      {said.map((one, at) => (
        <>
          {at > 0 ? <br /> : null}
          {one}
        </>
      ))}
    </>
  );
};
