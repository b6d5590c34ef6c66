import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/channels/resend.ts";

describe("what a provider's answer means", () => {
  it("waits as long as it is told when it is throttled", () => {
    expect(outcomeOf({ name: "rate_limit_exceeded", statusCode: 429 }, { "retry-after": "7" })).toEqual({
      kind: "later",
      problem: "http-429",
      throttled: true,
      retryAfterSeconds: 7,
    });
    expect(outcomeOf({ name: "daily_quota_exceeded" }, {})).toMatchObject({ kind: "later", throttled: true });
  });

  it("tries again with the same key after a fault, a dropped line or a wrong key of ours", () => {
    for (const status of [500, 502, 503, 401, 403, null])
      expect(outcomeOf({ name: "application_error", statusCode: status }, null).kind).toBe("later");
    expect(outcomeOf(null, null)).toEqual({ kind: "later", problem: "no-answer" });
    expect(outcomeOf({ name: "concurrent_idempotent_requests", statusCode: 409 }, {}).kind).toBe("later");
  });

  it("takes a batch apart only when its content was refused", () => {
    for (const status of [400, 413, 422])
      expect(outcomeOf({ name: "validation_error", statusCode: status }, {})).toEqual({
        kind: "refused",
        problem: `http-${status}`,
      });
  });

  it("says unknown when its key is taken by other bytes", () => {
    expect(outcomeOf({ name: "invalid_idempotent_request", statusCode: 409 }, {})).toEqual({
      kind: "unknown",
      problem: "key-taken",
    });
  });
});
