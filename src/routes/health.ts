import { factory } from "../http/factory.ts";

export const healthRoutes = factory.createApp();
