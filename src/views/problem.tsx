import type { Problem } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";

export const ProblemPage = ({ fault, lang }: { fault: Problem; lang: Lang }) => (
  <html lang={lang}>
    <head>
      <title>{fault.title[lang]}</title>
    </head>
    <body>
      <h1>{fault.title[lang]}</h1>
    </body>
  </html>
);
