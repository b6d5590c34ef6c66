import { localClock, localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { type Frame, Page, withLang } from "./layout.tsx";
import { dateWords, dayWords } from "./moment.ts";
import { WATCH } from "./person-words.ts";
import { Qr } from "./qr.tsx";
import { RELEASE, VERIFY } from "./release-words.ts";

/** One release as its notice shows it; the name is masked. */
export type Notice = {
  observationId: string;
  name: string;
  kind: "home" | "central" | "hospital";
  day0: string;
  untilDate: string;
  releasedAt: Date;
  /** The official's name, and from the town down the unit whose observation it was. */
  by: string;
  unitName: string;
  /** Sixteen digits. */
  code: string;
};

/** 解除医学观察告知单: a sheet for each person released, to show on a phone or to print on A4. */
export const ReleasePage = ({
  frame,
  notices,
  path,
  verifyUrl,
}: {
  frame: Frame;
  notices: readonly Notice[];
  /** /p/<token> */
  path: string;
  /** Where codes are verified, without the code. */
  verifyUrl: string;
}) => {
  const { lang } = frame;
  return (
    <Page
      {...frame}
      title={RELEASE.title[lang]}
      path={`${path}/release`}
      script
      more={{ css: ASSETS.personCss }}
    >
      <p class="back screen">
        <a href={withLang(path, lang)}>
          <span aria-hidden="true">‹ </span>
          {RELEASE.back[lang]}
        </a>
      </p>
      {notices.length > 1 ? <h1 class="vh">{RELEASE.title[lang]}</h1> : null}
      {notices.map((notice, at) => (
        <article class="sheet">
          {notices.length > 1 ? (
            <>
              <p class="soft screen under">{RELEASE.of(at + 1, notices.length)[lang]}</p>
              <h2>{RELEASE.title[lang]}</h2>
            </>
          ) : (
            <h1>{RELEASE.title[lang]}</h1>
          )}
          <dl class="summary">
            {[
              [RELEASE.number[lang], notice.observationId],
              [RELEASE.name[lang], notice.name],
              [RELEASE.kind[lang], WATCH.kinds[notice.kind][lang]],
              [RELEASE.day0[lang], fullDay(notice.day0, lang)],
              [RELEASE.until[lang], RELEASE.untilDay(fullDay(notice.untilDate, lang))[lang]],
              [RELEASE.released[lang], fullMoment(notice.releasedAt, frame)],
              [RELEASE.by[lang], notice.by],
              [RELEASE.unit[lang], notice.unitName],
            ].map(([term, value]) => (
              <div>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p>{RELEASE.text[lang]}</p>
          <Qr text={`${verifyUrl}/${notice.code}`} label={RELEASE.qr[lang]} />
          <p class="under">
            {RELEASE.scan[lang]}
            <br />
            {RELEASE.code[lang]} <strong class="nb">{grouped(notice.code)}</strong>
          </p>
        </article>
      ))}
      <p class="soft screen">{RELEASE.help[lang]}</p>
      <button type="button" class="main js-only screen" data-print="1">
        {RELEASE.print[lang]}
      </button>
    </Page>
  );
};

/** The page behind the QR: that there is such a release, and what the paper must say. No personal data. */
export const VerifyPage = ({
  frame,
  release,
  path,
}: {
  frame: Frame;
  release: { observationId: string; unitName: string; releasedAt: Date };
  path: string;
}) => {
  const { lang, zone, now } = frame;
  return (
    <Page {...frame} title={VERIFY.page[lang]} path={path}>
      <div class="panel">
        <h1>✓ {VERIFY.valid[lang]}</h1>
        <p>{VERIFY.asOf(dateWords(now, lang, zone, now))[lang]}</p>
      </div>
      <dl class="summary plain">
        {[
          [VERIFY.number[lang], endOf(release.observationId)],
          [VERIFY.released[lang], fullDay(localDate(release.releasedAt, zone), lang)],
          [VERIFY.unit[lang], release.unitName],
        ].map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>
              <strong>{value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p>{VERIFY.compare[lang]}</p>
      <p class="soft">{VERIFY.scope[lang]}</p>
    </Page>
  );
};

/** What is compared with the paper: the last four digits and the person's place, of WY-0217-4486-1 only 4486-1. */
export const endOf = (observationId: string): string => observationId.split("-").slice(-2).join("-");

const grouped = (code: string): string => code.replace(/(\d{4})(?=\d)/g, "$1 ");

const fullMoment = (at: Date, { lang, zone }: Frame): string =>
  `${fullDay(localDate(at, zone), lang)}${lang === "en" ? ", " : " "}${localClock(at, zone)}`;

/** A day with its year, for what is kept: 2026年1月26日. */
const fullDay = (date: string, lang: Lang): string => dayWords(date, lang, "");
