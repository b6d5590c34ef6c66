import { factory } from "../http/factory.ts";

export const assetRoutes = factory.createApp();
