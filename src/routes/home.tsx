import { factory } from "../http/factory.ts";

export const homeRoutes = factory.createApp();
