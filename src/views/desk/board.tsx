import { BOARD_KINDS, type BoardView } from "../../domain/board.ts";
import { momentWords, spanWords } from "../unit-words.ts";
import { DESK_ASSETS } from "./assets.ts";
import { BoardPlaces, BoardSilences } from "./board-below.tsx";
import { type BoardProps, boardPath } from "./board-path.ts";
import { BoardTable } from "./board-table.tsx";
import { BOARD, countWords, KINDS } from "./board-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { DESK } from "./words.ts";

/** Groups stand open up to so many lines, the gravest at least; the others are one press away. */
const LINES_OPEN = 20;

/** /desk: what is overdue and due next, like a departures board. */
export const BoardPage = (props: BoardProps) => {
  const { desk, board } = props;
  const { lang } = desk;
  return (
    <DeskPage
      desk={desk}
      title={`${DESK.rooms.board[lang]} · ${board.unit.name}`}
      path={boardPath(board)}
      room=""
      js={DESK_ASSETS.boardJs}
    >
      <h1>{BOARD.of(board.unit.name)[lang]}</h1>
      <Fresh {...props} />
      <div id="board" data-clock={clockOf(desk)} data-overdue={countWords(board.overdue)}>
        <Stopped {...props} />
        <Figures {...props} />
        <p class="ways">
          <a href={desk.href(`/reports?unit=${board.unit.code}`)}>{DESK.rooms.reports[lang]}</a>
          <a href={desk.href(`/figures?unit=${board.unit.code}`)}>{DESK.rooms.figures[lang]}</a>
          <a href={desk.href("/tables")}>{DESK.rooms.tables[lang]}</a>
        </p>
        <Chips {...props} />
        <Overdue {...props} />
        <Next {...props} />
        <BoardPlaces {...props} />
        <BoardSilences {...props} />
      </div>
    </DeskPage>
  );
};

const clockOf = ({ now, zone, lang, today }: DeskView) => momentWords(now, zone, lang, today);

/** When this was read. The script takes the link's place, and says here what it cannot do. */
const Fresh = ({ desk, board }: BoardProps) => {
  const { lang } = desk;
  return (
    <p class="asof fresh">
      <strong id="asof">{BOARD.asOf(clockOf(desk))[lang]}</strong>{" "}
      <a class="link" id="reload" href={desk.href(boardPath(board))}>
        {BOARD.reload[lang]}
      </a>{" "}
      <button type="button" class="link" id="pause" hidden data-resume={BOARD.resume[lang]}>
        {BOARD.pause[lang]}
      </button>
      <span
        id="said"
        role="status"
        data-lost={BOARD.lost[lang]}
        data-back={BOARD.back[lang]}
        data-changed={BOARD.changed[lang]}
      />
    </p>
  );
};

/** No run has ended well for three minutes: nobody is told of anything, so it stands above everything. */
const Stopped = ({ desk, board: { beat, silent } }: BoardProps) => {
  const { lang, zone, today } = desk;
  const when = beat ? momentWords(beat, zone, lang, today) : BOARD.never[lang];
  return silent ? (
    <div class="note alarm" role="alert">
      <p>
        <strong>{BOARD.silentTitle[lang]}</strong>
      </p>
      <p>{BOARD.silent(when)[lang]}</p>
    </div>
  ) : (
    <p class="asof fresh">{BOARD.lastSweep(when)[lang]}</p>
  );
};

const Figures = ({ desk, board }: BoardProps) => {
  const { lang } = desk;
  const { reports } = board;
  const missing = reports.expected - reports.reported - reports.excused;
  const alarm = (is: boolean) => (is ? "alarm" : undefined);
  const link = (kind: BoardView["kind"]) => desk.href(boardPath(board, { kind }));
  return (
    <dl class="figures departures-figures">
      <div>
        <dt>{BOARD.figures.overdue[lang]}</dt>
        <dd class={alarm(board.overdue.n > 0)}>{countWords(board.overdue)}</dd>
      </div>
      <div>
        <dt>{BOARD.figures.soon[lang]}</dt>
        <dd>{countWords(board.soon)}</dd>
      </div>
      {reports.expected > 0 ? (
        <div>
          <dt>
            <a href={link("daily-report")}>{BOARD.figures.reports[lang]}</a>
          </dt>
          <dd>
            {countWords({ n: missing, atLeast: reports.bounded })}{" "}
            <small>
              {BOARD.ofExpected(countWords({ n: reports.expected, atLeast: reports.bounded }))[lang]}
              {reports.overdue.length > 0 ? (
                <strong class="alarm"> {BOARD.ofWhich(reports.overdue.length)[lang]}</strong>
              ) : null}
            </small>
          </dd>
        </div>
      ) : null}
      {(["response", "registration", "tip"] as const).map((kind) => (
        <div>
          <dt>
            <a href={link(kind)}>{BOARD.figures[kind][lang]}</a>
          </dt>
          <dd class={alarm(kind === "response" && board.open[kind].n > 0)}>{countWords(board.open[kind])}</dd>
        </div>
      ))}
    </dl>
  );
};

const Chips = ({ desk, board }: BoardProps) => {
  const { lang } = desk;
  const { kind, narrowed } = board;
  return (
    <nav class="chips" aria-label={BOARD.filters[lang]}>
      {narrowed ? (
        <a href={desk.href(boardPath(board, { town: "" }))}>
          <span aria-hidden="true">‹ </span>
          {BOARD.whole(desk.officer.unit.name)[lang]}
        </a>
      ) : null}
      <a href={desk.href(boardPath(board, { kind: "" }))} aria-current={kind ? undefined : "true"}>
        {BOARD.all[lang]} <b>{countWords(board.overdue)}</b>
      </a>
      {BOARD_KINDS.flatMap((one) => {
        const count = board.counts[one];
        return count || kind === one ? (
          <a
            href={desk.href(boardPath(board, { kind: one }))}
            aria-current={kind === one ? "true" : undefined}
          >
            {KINDS[one].name[lang]} <b>{count ? countWords(count) : 0}</b>
          </a>
        ) : (
          []
        );
      })}
    </nav>
  );
};

const Overdue = ({ desk, board }: BoardProps) => {
  const { lang, now } = desk;
  const { groups, kind } = board;
  const uncounted = groups.some(({ count }) => count.atLeast);
  const found = groups.some(({ count }) => count.n > 0);
  const linesTo = (at: number) => groups.slice(0, at + 1).reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <section aria-labelledby="overdue">
      <h2 id="overdue">{BOARD.overdue[lang]}</h2>
      {found ? null : (
        <p class="note">
          <strong>{(uncounted ? BOARD.noneFound : BOARD.none)(clockOf(desk))[lang]}</strong>
        </p>
      )}
      {groups.map(({ kind: of, count, rows, overdue }, at) => (
        <details class="group" id={`g-${of}`} open={at === 0 || linesTo(at) <= LINES_OPEN}>
          <summary>
            <span class="name">{KINDS[of].name[lang]}</span> <b class="alarm">{countWords(count)}</b>{" "}
            {overdue[0] ? (
              <span class="soft">
                {BOARD.longest(spanWords(now.getTime() - overdue[0].dueAt, lang))[lang]}
              </span>
            ) : null}
          </summary>
          {of === "follow-up" && count.atLeast ? <p class="soft">{BOARD.partly[lang]}</p> : null}
          <BoardTable desk={desk} rows={rows} caption={KINDS[of].name[lang]} />
          {count.n > rows.length || (count.atLeast && of !== "follow-up") ? (
            kind ? (
              <p class="soft">{BOARD.firstOnly(rows.length)[lang]}</p>
            ) : (
              <a class="link" href={desk.href(boardPath(board, { kind: of }))}>
                {BOARD.more(countWords(count))[lang]}
                <span class="vh"> {KINDS[of].name[lang]}</span>
              </a>
            )
          ) : null}
        </details>
      ))}
    </section>
  );
};

const Next = ({ desk, board }: BoardProps) => {
  const { lang } = desk;
  const { next, reports, kind } = board;
  const line = !kind && reports.soon > 0 && !next.some((one) => one.kind === "daily-report");
  return (
    <section aria-labelledby="next">
      <h2 id="next">{BOARD.next[lang]}</h2>
      {line ? (
        <p>
          <a class="link" href={desk.href(boardPath(board, { kind: "daily-report" }))}>
            {BOARD.reportsSoon(reports.soon)[lang]}
          </a>
        </p>
      ) : null}
      {next.length === 0 ? (
        line ? null : (
          <p class="soft">{BOARD.noneNext[lang]}</p>
        )
      ) : (
        <BoardTable desk={desk} rows={next} caption={BOARD.next[lang]} />
      )}
    </section>
  );
};
