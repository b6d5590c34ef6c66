export type { Channel, ChannelKind, Endpoint, Mail, Outcome, Post, PostKind } from "./channel.ts";
export { PACE_HISTORY, pace } from "./pace.ts";
export { pickChannel } from "./pick.ts";
export { composePost, sendPost } from "./post.ts";
