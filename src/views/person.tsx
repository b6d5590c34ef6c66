import type { Lang } from "../forms/define.ts";
import { type Frame, Page, withLang } from "./layout.tsx";
import { dateWords, momentWords } from "./moment.ts";
import { WATCH } from "./person-words.ts";
import { RECEIPT } from "./words.ts";

/** What a household's own pages say of it: no names, no numbers of persons. */
export type Registered = {
  caseNumber: string;
  persons: number;
  unitName: string;
  recordedAt: Date;
  verifyDueAt: Date;
  verifiedAt: Date | null;
  verifyOutcome: "found" | "wrong" | "moved" | null;
  urgent: boolean;
  /** Somebody of the household is under observation. */
  observed?: boolean;
};
type Props = Frame & {
  registered: Registered;
  /** /p/<token> */
  path: string;
  /** The same with the service's own address, to be copied. */
  link: string;
};

/** After sending: the number, what happens next and by when, the link to keep. */
export const ReceiptPage = (props: Props) => {
  const { lang, zone, now, path, link, registered } = props;
  const { caseNumber, persons, recordedAt, verifyDueAt, verifiedAt, unitName, urgent } = registered;
  const received = dateWords(recordedAt, lang, zone, now);
  return (
    <Page {...props} title={RECEIPT.title[lang]} path={`${path}/receipt`} script>
      <h1 class="vh">{RECEIPT.title[lang]}</h1>
      <div data-forget="draft-registration">
        <CaseNumber registered={registered} lang={lang} received={received} />
      </div>
      {urgent ? <Urgent lang={lang} /> : null}
      <h2>{RECEIPT.next[lang]}</h2>
      <ol class="next">
        {verifiedAt ? null : (
          <li>
            <strong>{RECEIPT.before(momentWords(verifyDueAt, lang, zone, now))[lang]}</strong>
            {RECEIPT.visit(unitName.split(" ").at(-1) ?? "")[lang]}
            {RECEIPT.silence[lang]}
          </li>
        )}
        <li>{RECEIPT.home[lang]}</li>
        <li>{RECEIPT.fever[lang]}</li>
      </ol>
      <h2>{RECEIPT.link[lang]}</h2>
      <p class="soft" id="keep-help">
        {RECEIPT.linkHelp[lang]}
      </p>
      <label class="vh" for="keep">
        {RECEIPT.textLabel[lang]}
      </label>
      <textarea id="keep" class="keep" rows={6} readonly aria-describedby="keep-help">
        {RECEIPT.text(caseNumber, persons, received, link)[lang]}
      </textarea>
      <button type="button" class="main js-only" data-copy="keep" data-done={RECEIPT.copied[lang]}>
        {RECEIPT.copy[lang]}
      </button>
      <a class="second" href={withLang(path, lang)}>
        {(registered.observed ? WATCH.reportNow : RECEIPT.see)[lang]}
      </a>
      <button type="button" class="quiet js-only" data-print="1">
        {RECEIPT.print[lang]}
      </button>
    </Page>
  );
};

/** The household's own page, opened again later. */
export const PersonPage = (props: Props) => {
  const { lang, zone, now, path, registered } = props;
  const { unitName, verifiedAt, urgent, verifyDueAt } = registered;
  const overdue = !verifiedAt && verifyDueAt <= now;
  return (
    <Page {...props} title={RECEIPT.page[lang]} path={path}>
      <h1 class="vh">{RECEIPT.page[lang]}</h1>
      <CaseNumber
        registered={registered}
        lang={lang}
        received={dateWords(registered.recordedAt, lang, zone, now)}
      />
      {urgent && !verifiedAt ? <Urgent lang={lang} /> : null}
      <dl class="summary plain">
        <div>
          <dt>{RECEIPT.state[lang]}</dt>
          <dd>
            <strong class={overdue ? "alarm" : undefined}>{stateWords(registered, props)}</strong>
            {overdue ? (
              <>
                <br />
                {RECEIPT.overdueHelp[lang]}
              </>
            ) : null}
          </dd>
        </div>
        <div>
          <dt>{RECEIPT.who[lang]}</dt>
          <dd>{unitName}</dd>
        </div>
      </dl>
      <h2>{RECEIPT.next[lang]}</h2>
      <ol class="next">
        <li>{RECEIPT.home[lang]}</li>
        <li>{RECEIPT.fever[lang]}</li>
      </ol>
      <p class="soft">{RECEIPT.masked[lang]}</p>
    </Page>
  );
};

const CaseNumber = ({
  registered,
  lang,
  received,
}: {
  registered: Registered;
  lang: Lang;
  received: string;
}) => (
  <div class="panel">
    <p>
      {RECEIPT.registered(registered.persons)[lang]} · {RECEIPT.number[lang]}
    </p>
    <p class="big">{registered.caseNumber}</p>
    <p>{RECEIPT.received(received)[lang]}</p>
  </div>
);

const Urgent = ({ lang }: { lang: Lang }) => (
  <div class="note alarm">
    <p>
      <strong class="alarm">{RECEIPT.urgent[lang]}</strong>
      <br />
      {RECEIPT.urgentHelp[lang]}
    </p>
  </div>
);

function stateWords(
  { verifiedAt, verifyOutcome, verifyDueAt }: Registered,
  { lang, zone, now }: Frame,
): string {
  if (!verifiedAt) {
    const due = momentWords(verifyDueAt, lang, zone, now);
    return (verifyDueAt <= now ? RECEIPT.overdue : RECEIPT.waiting)(due)[lang];
  }
  return RECEIPT[verifyOutcome ?? "found"](momentWords(verifiedAt, lang, zone, now))[lang];
}
