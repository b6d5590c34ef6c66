import { Qr } from "../qr.tsx";
import type { DeskView } from "./nav.tsx";
import { PrintPage } from "./print.tsx";
import { CARD } from "./units-words.ts";

/** The keys of units as cards to cut out, four A6 on a sheet of A4. */
export const CardsPage = ({
  desk,
  unit,
  cards,
  next,
}: {
  desk: DeskView;
  unit: { code: string; name: string };
  cards: readonly { code: string; name: string; url: string }[];
  /** The code to go on after. */
  next?: string | undefined;
}) => {
  const { lang } = desk;
  const sheets = Array.from({ length: Math.ceil(cards.length / 4) }, (_, at) =>
    cards.slice(at * 4, at * 4 + 4),
  );
  return (
    <PrintPage
      lang={lang}
      title={`${CARD.title[lang]} · ${unit.name}`}
      back={{ href: desk.href(`/manage/${unit.code}`), name: unit.name }}
      sheets={sheets.length}
      more={
        next ? (
          <form method="post" action={desk.href(`/manage/${unit.code}/cards/below`)}>
            <input type="hidden" name="after" value={next} />
            <button type="submit">{CARD.next[lang]}</button>
          </form>
        ) : undefined
      }
    >
      {cards.length === 0 ? <p class="screen">{CARD.none[lang]}</p> : null}
      {sheets.map((sheet) => (
        <div class="sheet cards">
          {sheet.map(({ code, name, url }) => (
            <section class="card" aria-label={name}>
              <p class="county">{desk.county}</p>
              <h2>{CARD.of(name)[lang]}</h2>
              <p class="code">{code}</p>
              <div class="qr">
                <Qr text={url} label={CARD.scan[lang]} />
              </div>
              <p class="scan">{CARD.scan[lang]}</p>
              <p class="address">{url}</p>
              <p class="key">{CARD.key[lang]}</p>
            </section>
          ))}
        </div>
      ))}
    </PrintPage>
  );
};
