import type { Words } from "../../forms/define.ts";

const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });

/** The words every page of the desk shares. */
export const DESK = {
  nav: words("工作台", "工作臺", "Desk"),
  rooms: {
    board: words("待办", "待辦", "Board"),
    people: words("人员台账", "人員台賬", "People"),
    tips: words("线索", "線索", "Tips"),
    tickets: words("督办", "督辦", "Tickets"),
    letters: words("协查函", "協查函", "Letters"),
    records: words("各类登记", "各類登記", "Records"),
    tables: words("报表", "報表", "Tables"),
    batches: words("名单", "名單", "Lists"),
    units: words("单位", "單位", "Units"),
    figures: words("图表", "圖表", "Charts"),
    reports: words("情况汇报", "情況彙報", "Reports"),
    exports: words("导出", "匯出", "Exports"),
    audit: words("操作记录", "操作記錄", "Audit"),
    officials: words("工作人员", "工作人員", "Officials"),
  },
  roles: {
    reporter: words("填报员", "填報員", "Reporter"),
    clerk: words("经办员", "經辦員", "Clerk"),
    supervisor: words("负责人", "負責人", "Supervisor"),
    inspector: words("督查员", "督查員", "Inspector"),
    admin: words("管理员", "管理員", "Administrator"),
  },
};
