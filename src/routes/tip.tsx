import { factory } from "../http/factory.ts";

export const tipRoutes = factory.createApp();
