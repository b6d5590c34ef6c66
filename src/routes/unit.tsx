import { factory } from "../http/factory.ts";

export const unitRoutes = factory.createApp();
