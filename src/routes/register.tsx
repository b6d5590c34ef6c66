import { factory } from "../http/factory.ts";

export const registerRoutes = factory.createApp();
