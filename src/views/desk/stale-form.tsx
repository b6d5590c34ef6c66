import type { Words } from "../../forms/define.ts";
import type { Frame } from "../layout.tsx";
import { withLang } from "../layout.tsx";
import { SignInFrame } from "./sign-in.tsx";

const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });

const STALE = {
  title: words(
    "登录已过期，您填的内容还在",
    "登入已過期，您填的內容還在",
    "You are signed out. Nothing you typed is lost.",
  ),
  how: words(
    "内容还没有提交。请不要关闭这个页面，按下面两步做：",
    "內容還沒有提交。請不要關閉這個頁面，按下面兩步做：",
    "It has not been sent yet. Keep this page open and do two things:",
  ),
  signIn: words("在新窗口登录", "在新視窗登入", "Sign in in another tab"),
  next: words("登录后回到这里，再次提交", "登入後回到這裡，再次提交", "Come back here and send it again"),
  again: words("再次提交", "再次提交", "Send again"),
  typed: words("您填的内容", "您填的內容", "What you typed"),
  file: words(
    "附带的文件没有保留，请记得重新选择。",
    "附帶的檔案沒有保留，請記得重新選擇。",
    "The file that came with it was not kept. Choose it again.",
  ),
};

type StaleProps = {
  frame: Frame;
  /** Where it was posted to, with its query. */
  action: string;
  entries: readonly (readonly [string, string])[];
  typed: readonly string[];
  /** A file came with it: that cannot be sent again from here. */
  file: boolean;
};

/** What was posted when nobody was signed in: shown, and ready to be sent again. */
export const StaleFormPage = ({ frame, action, entries, typed, file }: StaleProps) => {
  const { lang } = frame;
  const title = STALE.title[lang];
  return (
    <SignInFrame frame={frame} title={title} path="/desk/sign-in" error form="again">
      <h1>{title}</h1>
      <p>{STALE.how[lang]}</p>
      <ol class="next">
        <li>
          <a href={withLang("/desk/sign-in", lang)} target="_blank" rel="noopener">
            {STALE.signIn[lang]}
          </a>
        </li>
        <li>{STALE.next[lang]}</li>
      </ol>
      {file ? <p class="note alarm">{STALE.file[lang]}</p> : null}
      <form method="post" action={action} id="again">
        {entries.map(([name, value]) => (
          <Kept name={name} value={value} />
        ))}
        <button type="submit" class="main">
          {STALE.again[lang]}
        </button>
      </form>
      {typed.length === 0 ? null : (
        <>
          <h2>{STALE.typed[lang]}</h2>
          <ul class="messages">
            {typed.map((text) => (
              <li class="typed">{text}</li>
            ))}
          </ul>
        </>
      )}
    </SignInFrame>
  );
};

/** A hidden field; text of several lines in a hidden box, because an input would lose its line breaks. */
const Kept = ({ name, value }: { name: string; value: string }) =>
  /[\r\n]/.test(value) ? (
    <textarea name={name} hidden>
      {`\n${value}`}
    </textarea>
  ) : (
    <input type="hidden" name={name} value={value} />
  );
