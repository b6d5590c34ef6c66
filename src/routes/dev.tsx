import { factory } from "../http/factory.ts";

export const devRoutes = factory.createApp();
