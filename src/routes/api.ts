import { factory } from "../http/factory.ts";

export const apiRoutes = factory.createApp();
