/*
 * What the bench holds ours against: the least that can be called storing a submission. It parses the body, inserts
 * one row under the client's id and answers with it, in the same runtime and with a D1 of its own.
 */
export const bare = {
  name: "bare",
  compatibilityDate: "2026-10-20",
  routes: ["*/bare"],
  d1Databases: { DB: "bare" },
  modules: true,
  script: `export default {
    async fetch(request, env) {
      if (request.method === "PUT") {
        await env.DB.prepare("CREATE TABLE submission (id TEXT PRIMARY KEY, body TEXT NOT NULL)").run();
        return new Response("made");
      }
      const { clientId, ...body } = await request.json();
      await env.DB.prepare("INSERT INTO submission VALUES (?, ?)").bind(clientId, JSON.stringify(body)).run();
      return Response.json({ id: clientId }, { status: 201 });
    },
  };`,
};
