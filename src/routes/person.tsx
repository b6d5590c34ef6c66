import { factory } from "../http/factory.ts";

export const personRoutes = factory.createApp();
