import type { ReportLang } from "../../domain/situation-report.ts";
import type { ReportText } from "../../views/desk/report-body.tsx";
import { reportDocx } from "../../views/desk/report-docx.ts";
import type { AppContext } from "../factory.ts";

/** A report as a Word document. @param file name: of the file, letters and digits alone, without its ending */
export async function docxAnswer(
  c: AppContext,
  report: ReportText,
  { name, ...file }: { lang: ReportLang; mark: string; foot?: readonly string[]; by: string; name: string },
): Promise<Response> {
  return c.body(await reportDocx(report, file), 200, {
    "Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "Content-Disposition": `attachment; filename="baobei-${name}.docx"`,
    "Cache-Control": "no-store",
  });
}
