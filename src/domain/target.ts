import type { ChannelKind } from "./ladder.ts";

/*
 * Where alerts may be posted to, besides mail. Pure, so a contact is refused when it is entered and once more before
 * every post. What a name resolves to cannot be seen from a Worker (a name may point at 127.0.0.1, or do so later);
 * there fetch leaves through the provider's network, which does not reach private ones. Redirects are never followed.
 */
/** Everything that is posted to an address of its own. */
export type PostKind = Exclude<ChannelKind, "mail">;

/** From a contact's sealed card. The address of a bot is a key by itself. */
export type Endpoint = {
  url: string;
  /** webhook: needed, `whsec_` and base64 (Standard Webhooks); dingtalk, feishu: where signing is switched on. */
  secret?: string;
};

/** Why an endpoint is not posted to; undefined when it may be. A machine word, and nothing of the address. */
export type TargetProblem =
  | "not-a-url"
  | "not-https"
  | "credentials"
  | "private"
  | "not-the-bots-host"
  | "not-a-bots-path"
  | "no-secret"
  | "bad-secret";

/** Group bots live at one place each, as their makers publish them (see channels/wecom.ts, dingtalk.ts, feishu.ts). */
const BOTS: Record<Exclude<PostKind, "webhook">, { hosts: string[]; path: RegExp }> = {
  wecom: { hosts: ["qyapi.weixin.qq.com"], path: /^\/cgi-bin\/webhook\/send$/ },
  dingtalk: { hosts: ["oapi.dingtalk.com"], path: /^\/robot\/send$/ },
  feishu: { hosts: ["open.feishu.cn", "open.larksuite.com"], path: /^\/open-apis\/bot\/v2\/hook\/[^/]+$/ },
};

/** @param allowPrivate http, loopback and any host for bots too: tests and the local start, never a deployment */
export function targetProblem(
  kind: PostKind,
  { url, secret }: Endpoint,
  { allowPrivate }: { allowPrivate: boolean },
): TargetProblem | undefined {
  const problem = addressProblem(url, { allowPrivate });
  if (problem) return problem;
  if (!allowPrivate && kind !== "webhook") {
    const target = new URL(url);
    if (!BOTS[kind].hosts.includes(target.host)) return "not-the-bots-host";
    if (!BOTS[kind].path.test(target.pathname)) return "not-a-bots-path";
  }
  return kind === "webhook" ? secretProblem(secret) : undefined;
}

/** Why an address is not asked or posted to, whatever is behind it. @param allowPrivate as above */
export function addressProblem(
  url: string,
  { allowPrivate }: { allowPrivate: boolean },
): "not-a-url" | "not-https" | "credentials" | "private" | undefined {
  const target = url.length <= 2048 && URL.canParse(url) ? new URL(url) : undefined;
  if (!target) return "not-a-url";
  if (target.protocol !== "https:" && !(allowPrivate && target.protocol === "http:")) return "not-https";
  if (target.username || target.password) return "credentials";
  return !allowPrivate && isPrivateHost(target.hostname) ? "private" : undefined;
}

/** A symmetric secret of Standard Webhooks: 24 to 64 bytes in base64 after `whsec_`. */
function secretProblem(secret: string | undefined): "no-secret" | "bad-secret" | undefined {
  if (!secret) return "no-secret";
  const [, text = ""] =
    /^whsec_((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(secret) ?? [];
  const bytes = (text.replace(/=+$/, "").length * 3) >> 2;
  return bytes >= 24 && bytes <= 64 ? undefined : "bad-secret";
}

/**
 * True for an address or name that is not on the public internet. The host is one that `new URL` has normalised: IPv4
 * in any spelling (octal, hexadecimal, one number) is dotted by then, IPv6 is in brackets, full-width letters are folded.
 */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith("[")) return !isPublicIpv6(groupsOf(host.slice(1, -1)));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIpv4(host.split(".").map(Number));
  const labels = host.replace(/\.$/, "").toLowerCase().split(".");
  return labels.length < 2 || PRIVATE_ENDINGS.includes(labels.at(-1) ?? "");
}

/** IANA's special-use names, and those that local networks call themselves. `home.arpa` is one of arpa's. */
const PRIVATE_ENDINGS = ["localhost", "local", "internal", "arpa", "test", "invalid", "onion", "alt"].concat([
  "lan",
  "home",
  "corp",
  "intranet",
  "private",
  "localdomain",
]);

/** First address and prefix length of every block that IANA's registry of special IPv4 addresses keeps from the public. */
const PRIVATE_IPV4: [number[], number][] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 88, 99, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
];

function isPrivateIpv4(octets: number[]): boolean {
  const number = (of: number[]) => of.reduce((sum, octet) => sum * 256 + octet, 0);
  return PRIVATE_IPV4.some(([first, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(number(octets) / size) === Math.floor(number(first) / size);
  });
}

/** Only global unicast (2000::/3) is public, and of it nothing that stands for something else: Teredo, 6to4, examples. */
function isPublicIpv6([a = 0, b = 0]: number[]): boolean {
  if (a < 0x2000 || a > 0x3fff) return false; // ::1, mapped IPv4, NAT64, unique local, link local, multicast, …
  if (a === 0x2001 && (b < 0x0200 || b === 0x0db8)) return false;
  return a !== 0x2002 && !(a === 0x3fff && b < 0x1000);
}

/** The eight groups of a normalised IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const read = (text: string) => (text ? text.split(":").map((group) => Number.parseInt(group, 16)) : []);
  if (tail === undefined) return read(head);
  const [left, right] = [read(head), read(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
