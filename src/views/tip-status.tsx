import type { FieldError } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";
import { ErrorSummary, FormShell, Hidden } from "./form.tsx";
import { type Frame, Page, withLang } from "./layout.tsx";
import { dateWords, momentWords } from "./moment.ts";
import { TIP } from "./tip-words.ts";
import { FORM } from "./words.ts";

const PATH = "/tip/status";

/** Asks for the code. A code that is wrong stays in its field, never in the address. */
export const TipCodePage = (props: Frame & { code?: string; errors?: readonly FieldError[] }) => {
  const { lang, code = "", errors = [] } = props;
  const error = errors[0];
  return (
    <Page
      {...props}
      title={TIP.status[lang]}
      path={PATH}
      form="form"
      go="look"
      error={errors.length > 0}
      script
    >
      <h1>{TIP.status[lang]}</h1>
      <FormShell lang={lang} action={withLang(PATH, lang)}>
        <ErrorSummary errors={errors} lang={lang} />
        <p>{TIP.statusHelp[lang]}</p>
        <div class={error ? "field wrong" : "field"} data-field="code" data-type="text">
          <label for="f-code">{TIP.code[lang]}</label>
          <p class="hint" id="h-code">
            {TIP.codeHint[lang]}
          </p>
          <Wrong error={error} lang={lang} />
          <input
            id="f-code"
            name="code"
            class="code"
            inputmode="numeric"
            autocomplete="off"
            maxlength={40}
            value={code}
            aria-describedby={error ? "h-code e-code" : "h-code"}
            aria-invalid={error ? "true" : undefined}
          />
        </div>
        <button type="submit" class="main" name="_go" value="look">
          {TIP.look[lang]}
        </button>
      </FormShell>
    </Page>
  );
};

/** What the sender may see of a tip: db/tip.ts's TipStatus, with its unit in words. */
export type TipShown = {
  id: string;
  unitName: string;
  recordedAt: Date;
  verifyDueAt: Date;
  verifiedAt: Date | null;
  outcome: "true" | "untrue" | "unclear" | null;
  answer?: string;
  messages: {
    id: string;
    author: "sender" | "official";
    text: string;
    recordedAt: Date;
    unitName?: string;
  }[];
};

/** The state of a tip, the officials' answer, and a box to add to it. */
export const TipStatusPage = (
  props: Frame & {
    shown: TipShown;
    /** Messages of the officials that the sender had not been shown before. */
    fresh: ReadonlySet<string>;
    /** As typed; carried in the page, so that the address stays clean. */
    code: string;
    clientId: string;
    /** What was being added when something was wrong. */
    text?: string;
    added?: boolean;
    errors?: readonly FieldError[];
  },
) => {
  const { lang, zone, now, shown, fresh, code, clientId, text = "", added, errors = [] } = props;
  const error = errors[0];
  return (
    <Page
      {...props}
      title={TIP.status[lang]}
      path={PATH}
      form="form"
      go="add"
      error={errors.length > 0}
      script
    >
      <FormShell lang={lang} action={withLang(PATH, lang)}>
        <ErrorSummary errors={errors} lang={lang} />
        {added ? (
          <div class="note" role="status">
            <p>
              <strong>{TIP.added[lang]}</strong>
            </p>
          </div>
        ) : null}
        <p class="step">
          {TIP.number[lang]} {shown.id}
        </p>
        <h1>{stateOf(shown)[lang]}</h1>
        {fresh.size > 0 ? (
          <p class="note">
            <a href="#messages">{TIP.fresh(fresh.size)[lang]}</a>
          </p>
        ) : null}
        <Progress {...props} />
        {shown.messages.length > 0 ? (
          <>
            <h2 id="messages">{TIP.messages[lang]}</h2>
            <ul class="messages">
              {shown.messages.map((message) => (
                <li>
                  <p class="soft">
                    {message.author === "sender"
                      ? TIP.byYou[lang]
                      : `${message.unitName ? `${message.unitName} ` : ""}${TIP.byOfficials[lang]}`}{" "}
                    {dateWords(message.recordedAt, lang, zone, now)}
                    {fresh.has(message.id) ? <strong> {TIP.isNew[lang]}</strong> : null}
                  </p>
                  <p class="typed">{message.text}</p>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <Hidden
          entries={[
            ["_client", clientId],
            ["code", code],
          ]}
        />
        <h2>
          <label for="f-text">{TIP.add[lang]}</label>
        </h2>
        <div class={error ? "field wrong" : "field"} data-field="text" data-type="long_text">
          <p class="hint" id="h-text">
            {TIP.addHint[lang]}
          </p>
          <Wrong error={error} lang={lang} />
          <textarea
            id="f-text"
            name="text"
            rows={4}
            maxlength={2000}
            aria-describedby={error ? "h-text e-text" : "h-text"}
            aria-invalid={error ? "true" : undefined}
          >
            {text}
          </textarea>
        </div>
        <button type="submit" class="main" name="_go" value="add">
          {TIP.addSend[lang]}
        </button>
        <a class="link" href={withLang(PATH, lang)}>
          {TIP.other[lang]}
        </a>
      </FormShell>
    </Page>
  );
};

/** Received, looked into, answered: each with its time, as on a departures board. */
const Progress = ({ lang, zone, now, shown }: Frame & { shown: TipShown }) => {
  const { recordedAt, verifyDueAt, verifiedAt, outcome, answer, unitName } = shown;
  const overdue = !verifiedAt && verifyDueAt <= now;
  const due = momentWords(verifyDueAt, lang, zone, now);
  return (
    <dl class="summary plain">
      <div>
        <dt>{TIP.stepReceived[lang]}</dt>
        <dd>{dateWords(recordedAt, lang, zone, now)}</dd>
      </div>
      <div>
        <dt>{TIP.stepChecked[lang]}</dt>
        <dd>
          {verifiedAt ? (
            <>
              {dateWords(verifiedAt, lang, zone, now)}
              {outcome ? (
                <>
                  <br />
                  <strong>{TIP.outcomes[outcome][lang]}</strong>
                </>
              ) : null}
            </>
          ) : (
            <>
              {unitName}
              <br />
              <strong class={overdue ? "alarm" : undefined}>
                {(overdue ? TIP.overdue(due) : TIP.due(due))[lang]}
              </strong>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{TIP.stepAnswered[lang]}</dt>
        <dd class="typed">{answer ?? <span class="soft">{TIP.noAnswer[lang]}</span>}</dd>
      </div>
    </dl>
  );
};

const Wrong = ({ error, lang }: { error: FieldError | undefined; lang: Lang }) =>
  error ? (
    <p class="error" id={`e-${error.path}`}>
      <span class="vh">{FORM.error[lang]}</span>
      {error.message}
    </p>
  ) : null;

const stateOf = ({ verifiedAt, answer }: TipShown) =>
  answer ? TIP.stateAnswered : verifiedAt ? TIP.stateChecked : TIP.stateChecking;
