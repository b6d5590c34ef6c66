import { type ChartPoint, chartOf } from "../../domain/case-history.ts";
import { FEVER_TENTHS } from "../../domain/registration.ts";
import { localDate } from "../../domain/time.ts";
import { dayWords } from "../unit-words.ts";
import { RECORD } from "./case-words.ts";
import type { DeskView } from "./nav.tsx";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT] = [360, 170, 36, 10, 16, 24];

/** Somebody's temperatures in the order of their slots, with the line from which it is a fever; a table says the same. */
export const Chart = ({ desk, points }: { desk: DeskView; points: readonly ChartPoint[] }) => {
  const { lang, zone } = desk;
  if (points.length === 0) return null;
  const { dots, heightOf, low, high } = chartOf(points);
  const x = (at: number) => (LEFT + at * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (at: number) => (HEIGHT - FOOT - at * (HEIGHT - FOOT - TOP)).toFixed(1);
  const celsius = (tenths: number) => (tenths / 10).toFixed(1);
  const tenths = points.map(({ temperature }) => temperature);
  const fever = y(heightOf(FEVER_TENTHS));
  const [first, last] = [dots[0], dots.at(-1)];
  const day = (at: Date | undefined) => (at ? dayWords(localDate(at, zone), lang) : "");
  const said = RECORD.chartSaid(points.length, celsius(Math.min(...tenths)), celsius(Math.max(...tenths)));
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said[lang]}>
      {[low, high].map((edge) => (
        <>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(heightOf(edge))} y2={y(heightOf(edge))} />
          <text x={LEFT - 6} y={Number(y(heightOf(edge))) + 5} text-anchor="end">
            {celsius(edge)}
          </text>
        </>
      ))}
      <line class="fever" x1={LEFT} x2={WIDTH - RIGHT} y1={fever} y2={fever} />
      <text class="fever-said" x={WIDTH - RIGHT} y={Number(fever) - 5} text-anchor="end">
        {RECORD.feverLine[lang]}
      </text>
      <polyline points={dots.map((dot) => `${x(dot.x)},${y(dot.y)}`).join(" ")} />
      {dots.map((dot) =>
        dot.abnormal ? (
          // Not by colour alone: a square, and its figure beside it.
          <>
            <rect class="abnormal" x={Number(x(dot.x)) - 4} y={Number(y(dot.y)) - 4} width="8" height="8" />
            <text class="fever-said" x={x(dot.x)} y={Number(y(dot.y)) - 9} text-anchor="middle">
              {celsius(dot.temperature)}
            </text>
          </>
        ) : (
          <circle cx={x(dot.x)} cy={y(dot.y)} r="3" />
        ),
      )}
      <text x={LEFT} y={HEIGHT - 6}>
        {day(first?.at)}
      </text>
      {dots.length > 1 ? (
        <text x={WIDTH - RIGHT} y={HEIGHT - 6} text-anchor="end">
          {day(last?.at)}
        </text>
      ) : null}
    </svg>
  );
};
