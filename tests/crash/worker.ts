import { migrate, openGround } from "./ground.ts";
import { openPlayer, type Player } from "./play.ts";

/*
 * The stage inside workerd: seeds come in, what came of them goes out.
 */
let player: Player | undefined;

export default {
  async fetch(request: Request, env: { DB: D1Database }): Promise<Response> {
    try {
      const asked = (await request.json()) as { migrations?: string[]; seeds?: number[] };
      if (asked.migrations) {
        await migrate(env.DB, asked.migrations);
        player = openPlayer(await openGround(env.DB));
        return Response.json({});
      }
      if (!player) throw new Error("the stage is not open");
      const outcomes = [];
      for (const seed of asked.seeds ?? []) outcomes.push({ seed, ...(await player(seed)), places: [] });
      return Response.json(outcomes);
    } catch (error) {
      return new Response(error instanceof Error ? (error.stack ?? error.message) : String(error), {
        status: 500,
      });
    }
  },
};
