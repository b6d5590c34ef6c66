import type { DuplicateReason, Finding } from "../../domain/duplicate.ts";
import { maskName } from "../../domain/mask.ts";
import { momentWords } from "../unit-words.ts";
import { DUPLICATE } from "./duplicate-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type DuplicateLine = {
  person: string;
  other: string;
  why: DuplicateReason;
  recordedAt: Date;
  settledAt: Date | null;
  finding: Finding | null;
  names: [string, string];
  units: [string, string];
};
export type DuplicatesProps = {
  desk: DeskView;
  settled: boolean;
  lines: readonly DuplicateLine[];
  /** Open ones; `most` says that there are more. */
  count: { n: number; most: boolean };
  /** The county sees every pair. */
  all: boolean;
  older?: string | undefined;
};

/** Who may be one, the newest first. */
export const DuplicatesPage = (props: DuplicatesProps) => {
  const { desk, settled, lines, count, all, older } = props;
  const { lang } = desk;
  const at = (tab: "open" | "settled") => `/duplicates${tab === "settled" ? "?state=settled" : ""}`;
  const here = settled ? "settled" : "open";
  return (
    <DeskPage desk={desk} title={DUPLICATE.title[lang]} path={at(here)} room="/people">
      <h1>{DUPLICATE.title[lang]}</h1>
      <p>
        {DUPLICATE.lead[lang]} {all ? "" : DUPLICATE.townsOnly[lang]}
      </p>
      <nav class="chips" aria-label={DUPLICATE.columns.finding[lang]}>
        {(["open", "settled"] as const).map((tab) => (
          <a href={desk.href(at(tab))} aria-current={tab === here ? "page" : undefined}>
            {DUPLICATE.tabs[tab][lang]}
          </a>
        ))}
      </nav>
      {count.n > 0 ? <p class="asof">{DUPLICATE.count(count.n, count.most)[lang]}</p> : null}
      {lines.length > 0 ? <Lines {...props} /> : <p>{DUPLICATE.none[here][lang]}</p>}
      {older ? (
        <p>
          <a href={desk.href(`${at(here)}${settled ? "&" : "?"}before=${older}`)}>{DUPLICATE.older[lang]}</a>
        </p>
      ) : null}
    </DeskPage>
  );
};

const Lines = ({ desk, settled, lines }: DuplicatesProps) => {
  const { lang, zone, today } = desk;
  const { columns } = DUPLICATE;
  const heads = [columns.two, columns.why, ...(settled ? [columns.finding] : []), columns.since];
  return (
    <table class="board">
      <caption class="vh">{DUPLICATE.title[lang]}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head[lang]}</th>
          ))}
          <th scope="col">
            <span class="vh">{DUPLICATE.compare[lang]}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ person, other, why, names, units, finding, recordedAt, settledAt }) => (
          <tr>
            <th scope="row">
              {[person, other].map((id, at) => (
                <span class="each">
                  {maskName(names[at])} <span class="nb">{id}</span> <span class="soft">{units[at]}</span>
                </span>
              ))}
            </th>
            <td data-head={columns.why[lang]}>{DUPLICATE.why[why][lang]}</td>
            {settled ? (
              <td data-head={columns.finding[lang]}>
                {(finding ? DUPLICATE.findings[finding] : DUPLICATE.undone)[lang]}
              </td>
            ) : null}
            <td data-head={columns.since[lang]}>
              <span class="nb">{momentWords(settledAt ?? recordedAt, zone, lang, today)}</span>
            </td>
            <td>
              <a class="tap" href={desk.href(`/duplicates/${person}/${other}`)}>
                {DUPLICATE.compare[lang]}
                <span class="vh">
                  {" "}
                  {person} {other}
                </span>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
