import type { Child } from "hono/jsx";
import { tip } from "../../forms/tip.ts";
import { formatReceiptCode } from "../domain/identity.ts";
import type { FieldError } from "../domain/problem.ts";
import type { UnitChoice } from "./field.tsx";
import { ErrorSummary, FormFields, FormShell, Hidden, Honeypot } from "./form.tsx";
import { type Frame, Page, withLang } from "./layout.tsx";
import { momentWords } from "./moment.ts";
import { TIP } from "./tip-words.ts";
import { RECEIPT } from "./words.ts";

/** The form; one page for everybody, because it is short. */
export const TipPage = (
  props: Frame & {
    input: unknown;
    clientId: string;
    /** The county as "not sure", then its towns. */
    units: readonly UnitChoice[];
    errors?: readonly FieldError[];
    notice?: Child;
  },
) => {
  const { lang, input, clientId, units, errors = [], notice } = props;
  return (
    <Page
      {...props}
      title={tip.title[lang]}
      path="/tip"
      form="form"
      go="send"
      error={errors.length > 0}
      script
    >
      <h1>{tip.title[lang]}</h1>
      <FormShell {...props} action={withLang("/tip", lang)}>
        {notice}
        <ErrorSummary errors={errors} lang={lang} />
        <div class="note">
          <p>
            <strong>{TIP.anonymous[lang]}</strong>
            <br />
            {TIP.anonymousHelp[lang]}
          </p>
        </div>
        <Hidden entries={[["_client", clientId]]} />
        {tip.groups.map((group) => (
          <FormFields form={tip} group={group} values={input} errors={errors} lang={lang} units={units} />
        ))}
        <Honeypot lang={lang} />
        <button type="submit" class="main" name="_go" value="send">
          {TIP.send[lang]}
        </button>
      </FormShell>
    </Page>
  );
};

/** What the sender's browser holds for half an hour, sealed. */
export type TipReceiptShown = {
  tipNumber: string;
  code: string;
  unitName: string;
  verifyDueAt: number;
  /** The county itself owes the verification. */
  top?: boolean;
};

/** The receipt code, large and once. */
export const TipReceiptPage = (props: Frame & { receipt: TipReceiptShown; link: string }) => {
  const { lang, zone, now, receipt, link } = props;
  const { tipNumber, code, unitName, verifyDueAt, top } = receipt;
  return (
    <Page {...props} title={TIP.received[lang]} path="/tip/receipt" script>
      <h1 class="vh">{TIP.received[lang]}</h1>
      <div class="panel">
        <p>
          {TIP.received[lang]} · {TIP.code[lang]}
        </p>
        <p class="big code" translate="no">
          {formatReceiptCode(code)}
        </p>
        <p>
          {TIP.number[lang]} {tipNumber}
        </p>
      </div>
      <div class="note">
        <p>
          <strong>{TIP.once[lang]}</strong>
          <br />
          {TIP.onceHelp[lang]}
        </p>
      </div>
      <label class="vh" for="keep">
        {TIP.code[lang]}
      </label>
      <textarea id="keep" class="keep" rows={5} readonly>
        {TIP.text(tipNumber, formatReceiptCode(code), link)[lang]}
      </textarea>
      <button type="button" class="second js-only" data-copy="keep" data-done={RECEIPT.copied[lang]}>
        {RECEIPT.copy[lang]}
      </button>
      <form method="post" action={withLang("/tip/receipt", lang)}>
        <button type="submit" class="main" name="_go" value="saved">
          {TIP.saved[lang]}
        </button>
      </form>
      <h2>{RECEIPT.next[lang]}</h2>
      <p>
        <strong>{RECEIPT.before(momentWords(new Date(verifyDueAt), lang, zone, now))[lang]}</strong>
        {TIP.promise(unitName)[lang]}
        {(top ? TIP.silenceAtTop : TIP.silence)[lang]}
      </p>
    </Page>
  );
};

/** After "I have saved it", and for whoever comes later. */
export const TipGonePage = (props: Frame) => {
  const { lang } = props;
  return (
    <Page {...props} title={TIP.gone[lang]} path="/tip/receipt">
      <h1>{TIP.gone[lang]}</h1>
      <p>{TIP.goneHelp[lang]}</p>
      <a class="main" href={withLang("/tip/status", lang)}>
        {TIP.status[lang]}
      </a>
    </Page>
  );
};
