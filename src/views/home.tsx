import { type Frame, Page, withLang } from "./layout.tsx";
import { FRAME, HOME } from "./words.ts";

/** What anybody may look up. Written out, so that no citizen's first page carries every record form; a test holds them together. */
export const PUBLIC_LISTS = [["/lists/fever-clinic", HOME.clinics, HOME.clinicsHelp]] as const;

/** The public doors, each with what it asks of the reader. */
export const HomePage = (props: Frame) => {
  const { lang, county } = props;
  const title = county ? `${county} ${FRAME.service[lang]}` : FRAME.service[lang];
  const doors = [
    ["/register", HOME.register, HOME.registerHelp],
    ["/tip", HOME.tip, HOME.tipHelp],
    ["/tip/status", HOME.status, HOME.statusHelp],
    ...PUBLIC_LISTS,
  ] as const;
  return (
    <Page {...props} title={FRAME.home[lang]} path="/">
      <h1>{title}</h1>
      <p>{HOME.lead[lang]}</p>
      <ul class="doors">
        {doors.map(([path, name, help]) => (
          <li>
            <a href={withLang(path, lang)}>
              <strong>{name[lang]}</strong>
              <span>{help[lang]}</span>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
};
