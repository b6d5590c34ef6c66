/*
 * The words of every figure: under its id a line of names and a line of definitions, each in zh-Hans | zh-Hant | en.
 * indicator.ts says what each is counted from.
 */
export const WORDS = {
  "completeness.units": `
    单位数 | 單位數 | Units
    数字覆盖的单位，含本单位，已关闭的不计 | 數字涵蓋的單位，含本單位，已關閉的不計 | Units that the figures speak for, the unit itself included, closed ones left out`,
  "completeness.reported": `
    已报的单位 | 已報的單位 | Units that reported
    应报当日报告的单位中已经报了的（零报告和非零报告） | 應報當日報告的單位中已經報了的（零報告和非零報告） | Of the units that owe the day's report, those that gave it, zero or not`,
  "completeness.share": `
    上报率 | 上報率 | Share reported
    已报的单位占应报的单位；没有应报的为 null，不是零 | 已報的單位佔應報的單位；沒有應報的為 null，不是零 | Units that reported of those that owe; null, not zero, where none owes`,
  "dailyReports.owed": `
    应报 | 應報 | Reports owed
    当日报告应报的单位，= expected + pending | 當日報告應報的單位，= expected + pending | Units that owe the day's report, = expected + pending`,
  "dailyReports.pending": `
    未到时限 | 未到時限 | Not yet due
    还没有报，也没有到时限的 | 還沒有報，也沒有到時限的 | Not yet given and not yet due`,
  "dailyReports.expected": `
    到时应有 | 到時應有 | Reports expected
    到时限的和已报的，= zero + nonZero + excused + overdue | 到時限的和已報的，= zero + nonZero + excused + overdue | Due or given, = zero + nonZero + excused + overdue`,
  "dailyReports.zero": `
    零报告 | 零報告 | Zero reports
    最新一版为零的报告 | 最新一版為零的報告 | Reports whose latest version is zero`,
  "dailyReports.nonZero": `
    非零报告 | 非零報告 | Reports with figures
    最新一版有数字的报告 | 最新一版有數字的報告 | Reports whose latest version has figures`,
  "dailyReports.excused": `
    免报 | 免報 | Excused
    提前免报而没有报的 | 提前免報而沒有報的 | Excused in advance, nothing given`,
  "dailyReports.overdue": `
    逾期未报 | 逾期未報 | Overdue
    过了时限仍没有报的（漏报） | 過了時限仍沒有報的（漏報） | Past the due time, nothing given`,
  "dailyReports.onTime": `
    按时 | 按時 | On time
    第一版在时限内的，onTime + late = zero + nonZero | 第一版在時限內的，onTime + late = zero + nonZero | First version given in time; onTime + late = zero + nonZero`,
  "dailyReports.late": `
    迟报 | 遲報 | Late
    第一版在时限之后的 | 第一版在時限之後的 | First version given after the due time`,
  "dailyReports.corrected": `
    更正 | 更正 | Corrected
    报过不止一版的；以最新一版为准，旧的保留 | 報過不止一版的；以最新一版為準，舊的保留 | Given more than once; the latest version counts, the old ones are kept`,
  "registered.cumulative": `
    累计登记 | 累計登記 | Registered
    累计登记的人，重复登记的（证件相同或已合并）不计；合并从合并之时减去，撤销时加回 | 累計登記的人，重複登記的（證件相同或已合併）不計；合併從合併之時減去，撤銷時加回 | Persons registered so far without duplicates (same document, or merged): a merge takes one away when it is made and gives it back when it is undone`,
  "registered.today": `
    当日登记 | 當日登記 | Registered today
    累计登记在当日（起止时刻之间）的增减，合并多于登记时为负 | 累計登記在當日（起止時刻之間）的增減，合併多於登記時為負 | What the registered changed by within the window; negative where more were merged than came`,
  "registered.households": `
    户数 | 戶數 | Households
    登记的户 | 登記的戶 | Households registered`,
  "registered.returnees": `
    返乡人员 | 返鄉人員 | Returnees
    累计登记中返乡的人；其余是同住的 | 累計登記中返鄉的人；其餘是同住的 | Of the registered, those who came back; the others live with them`,
  "registered.byOrigin.wuhan": `
    武汉返乡 | 武漢返鄉 | Returnees from Wuhan
    从武汉回来的人；四个来处合计等于 returnees | 從武漢回來的人；四個來處合計等於 returnees | Who came back from Wuhan; the four origins sum to returnees`,
  "registered.byOrigin.hubei": `
    湖北其他返乡 | 湖北其他返鄉 | Returnees from elsewhere in Hubei
    从湖北省内武汉以外回来的人 | 從湖北省內武漢以外回來的人 | Who came back from Hubei outside Wuhan`,
  "registered.byOrigin.other_province": `
    外省返乡 | 外省返鄉 | Returnees from another province
    从湖北以外的外省回来的人 | 從湖北以外的外省回來的人 | Who came back from another province than Hubei`,
  "registered.byOrigin.same_province": `
    省内返乡 | 省內返鄉 | Returnees from this province
    从本省别处回来的人 | 從本省別處回來的人 | Who came back from elsewhere in this province`,
  "registered.fromHubei": `
    湖北返乡 | 湖北返鄉 | Returnees from Hubei
    从湖北回来的人，武汉在内，= wuhan + hubei | 從湖北回來的人，武漢在內，= wuhan + hubei | Who came back from Hubei, Wuhan included, = wuhan + hubei`,
  "registered.transitWuhan": `
    途经武汉 | 途經武漢 | Passed through Wuhan
    途经武汉的返乡人员 | 途經武漢的返鄉人員 | Returnees who passed through Wuhan`,
  "registered.wuhanDirection": `
    武汉方向返乡 | 武漢方向返鄉 | Returnees from or through Wuhan
    从武汉回来或途经武汉的返乡人员，一人只计一次 | 從武漢回來或途經武漢的返鄉人員，一人只計一次 | Who came back from Wuhan or passed through it, each person once`,
  "registered.measured": `
    测过体温 | 測過體溫 | Temperature taken
    累计登记中登记时测了体温的人 | 累計登記中登記時測了體溫的人 | Of the registered, those whose temperature was taken when they registered`,
  "registered.symptomatic": `
    登记时异常 | 登記時異常 | Symptomatic at registration
    登记或再次登记时有症状或体温 ≥ 37.3 °C 的人 | 登記或再次登記時有症狀或體溫 ≥ 37.3 °C 的人 | With symptoms or ≥ 37.3 °C when registered, the first time or again`,
  "registered.duplicatesFlagged": `
    疑似重复 | 疑似重複 | Flagged as duplicates
    证件号码以前登记过的，或工作人员合并的；不计入累计登记，判为不是同一人的除外 | 證件號碼以前登記過的，或工作人員合併的；不計入累計登記，判為不是同一人的除外 | Registered before by their document, or merged by an official; not among the registered, unless found to be somebody else`,
  "registered.bySource": `
    按信息来源 | 按資訊來源 | By source
    累计登记按怎样得知的分，合计等于 cumulative | 累計登記按怎樣得知的分，合計等於 cumulative | The registered by how they became known; sums to cumulative`,
  "registered.byPostingPoint.households": `
    各张贴点的户 | 各張貼點的戶 | Households by poster
    从这个张贴点登记的户 | 從這個張貼點登記的戶 | Households registered at this poster`,
  "registered.byPostingPoint.persons": `
    各张贴点的人 | 各張貼點的人 | Persons by poster
    从这个张贴点登记的人 | 從這個張貼點登記的人 | Persons registered at this poster`,
  "verification.due": `
    应核实的户 | 應核實的戶 | To verify
    登记一户核实一次，= verified + waiting + overdue | 登記一戶核實一次，= verified + waiting + overdue | One verification a household, = verified + waiting + overdue`,
  "verification.verified": `
    已核实的户 | 已核實的戶 | Verified
    上门或电话核实并已记录的户 | 上門或電話核實並已記錄的戶 | Households whose verification has been recorded`,
  "verification.waiting": `
    待核实 | 待核實 | Waiting
    没有核实，还在两小时内的户 | 沒有核實，還在兩小時內的戶 | Not verified, still inside two hours`,
  "verification.overdue": `
    超时未核实 | 超時未核實 | Overdue
    过了两小时仍没有核实的户 | 過了兩小時仍沒有核實的戶 | Not verified, past two hours`,
  "verification.withinTwoHours.numerator": `
    两小时内核实 | 兩小時內核實 | Verified within two hours
    登记后两小时内核实的户 | 登記後兩小時內核實的戶 | Households verified within two hours of registering`,
  "verification.withinTwoHours.denominator": `
    已见分晓的户 | 已見分曉的戶 | Verified or overdue
    已核实的和已超时的户 | 已核實的和已超時的戶 | Households verified, or past their two hours`,
  "verification.withinTwoHours.share": `
    两小时核实率 | 兩小時核實率 | Share within two hours
    两小时内核实的占已见分晓的；null 表示无从计算，不是零 | 兩小時內核實的佔已見分曉的；null 表示無從計算，不是零 | Verified within two hours of those verified or overdue; null means unknown, not zero`,
  "tips.received": `
    收到的线索 | 收到的線索 | Tips received
    收到的线索，= open + verified | 收到的線索，= open + verified | Tips received, = open + verified`,
  "tips.open": `
    未核实的线索 | 未核實的線索 | Open tips
    还没有核实的线索，含超时的 | 還沒有核實的線索，含超時的 | Not verified yet, overdue ones included`,
  "tips.verified": `
    已核实的线索 | 已核實的線索 | Tips verified
    核实结果已记录的线索 | 核實結果已記錄的線索 | Tips whose verification has been recorded`,
  "tips.overdue": `
    超时的线索 | 超時的線索 | Overdue tips
    未核实的线索中过了两小时的 | 未核實的線索中過了兩小時的 | Of the open tips, those past two hours`,
  "tips.withinTwoHours.numerator": `
    两小时内核实的线索 | 兩小時內核實的線索 | Tips verified within two hours
    收到后两小时内核实的线索 | 收到後兩小時內核實的線索 | Tips verified within two hours of arriving`,
  "tips.withinTwoHours.denominator": `
    已见分晓的线索 | 已見分曉的線索 | Tips verified or overdue
    已核实的和已超时的线索 | 已核實的和已超時的線索 | Tips verified, or past their two hours`,
  "tips.withinTwoHours.share": `
    线索两小时核实率 | 線索兩小時核實率 | Share of tips within two hours
    两小时内核实的占已见分晓的；null 表示无从计算，不是零 | 兩小時內核實的佔已見分曉的；null 表示無從計算，不是零 | Verified within two hours of those verified or overdue; null means unknown, not zero`,
  "observation.cumulative": `
    累计观察 | 累計觀察 | Observed so far
    累计，= observing + released + transferred + closed；合并的从合并之时减去，撤销时加回 | 累計，= observing + released + transferred + closed；合併的從合併之時減去，撤銷時加回 | Cumulative, = observing + released + transferred + closed; who was merged is taken away from then on, and given back when it is undone`,
  "observation.observing": `
    观察中 | 觀察中 | Under observation
    正在医学观察的人，同住家人在内 | 正在醫學觀察的人，同住家人在內 | Under observation now, those who live with a returnee included`,
  "observation.byKind.home": `
    居家观察 | 居家觀察 | At home
    观察中居家的；三种方式合计等于 observing | 觀察中居家的；三種方式合計等於 observing | Of observing, at home; the three kinds sum to observing`,
  "observation.byKind.central": `
    集中观察 | 集中觀察 | At a central site
    观察中在集中点的 | 觀察中在集中點的 | Of observing, at a central site`,
  "observation.byKind.hospital": `
    留院观察 | 留院觀察 | In hospital
    观察中在医院的 | 觀察中在醫院的 | Of observing, in hospital`,
  "observation.householdMembers": `
    同住家人 | 同住家人 | Household members
    观察中与返乡人员同住的家人 | 觀察中與返鄉人員同住的家人 | Of observing, those who live with somebody who came back`,
  "observation.symptomatic": `
    体温或症状异常 | 體溫或症狀異常 | Symptomatic
    观察中最近一次体温或症状异常的 | 觀察中最近一次體溫或症狀異常的 | Of observing, whose last reading is abnormal`,
  "observation.contacts": `
    密切接触者 | 密切接觸者 | Close contacts
    观察中登记时自述有密切接触史的 | 觀察中登記時自述有密切接觸史的 | Of observing, those who said at registration that they had been in close contact`,
  "observation.contactsCentral": `
    集中观察的密切接触者 | 集中觀察的密切接觸者 | Close contacts at a central site
    观察中的密切接触者里在集中点的 | 觀察中的密切接觸者裡在集中點的 | Of the close contacts under observation, those at a central site`,
  "observation.fellIll": `
    观察中发病 | 觀察中發病 | Fell ill under observation
    观察中第一次报体温 ≥ 37.3 °C 或有症状的人，第一次登记时已异常的不计；一人只计一次，后来更正的也计 | 觀察中第一次報體溫 ≥ 37.3 °C 或有症狀的人，第一次登記時已異常的不計；一人只計一次，後來更正的也計 | Whose first reading of ≥ 37.3 °C or with symptoms came under observation, those ill when first registered left out; each person once, even if corrected later`,
  "observation.opened": `
    累计开始观察 | 累計開始觀察 | Observations opened
    累计观察中，核实时即结束的不计 | 累計觀察中，核實時即結束的不計 | Of all observed so far, those ended as they were opened left out`,
  "observation.openedToday": `
    当日新增观察 | 當日新增觀察 | Opened today
    当日开始观察的；核实时即结束的不计 | 當日開始觀察的；核實時即結束的不計 | Opened within the day, those ended as they were opened left out`,
  "observation.released": `
    已解除 | 已解除 | Released
    由工作人员解除观察的 | 由工作人員解除觀察的 | Released from observation by an official`,
  "observation.releasedToday": `
    当日解除 | 當日解除 | Released today
    已解除中当日解除的 | 已解除中當日解除的 | Of the released, those of the day`,
  "observation.transferred": `
    已转出 | 已轉出 | Transferred
    已转到别处的 | 已轉到別處的 | Moved on to another place`,
  "observation.closed": `
    已关闭 | 已關閉 | Closed
    因登记有误等关闭的 | 因登記有誤等關閉的 | Closed, as registrations found wrong`,
  "readings.expected": `
    应测 | 應測 | Readings expected
    当日已开始的各次应测的，= onTime + late + missed + pending | 當日已開始的各次應測的，= onTime + late + missed + pending | Owed in the day's slots that have begun, = onTime + late + missed + pending`,
  "readings.received": `
    已报 | 已報 | Readings received
    已报的，= onTime + late | 已報的，= onTime + late | Received, = onTime + late`,
  "readings.onTime": `
    按时 | 按時 | On time
    第一版在时段内报的 | 第一版在時段內報的 | First entered within the slot's hours`,
  "readings.late": `
    迟报 | 遲報 | Late
    第一版在时段之后报的 | 第一版在時段之後報的 | First entered after the slot's hours`,
  "readings.missed": `
    漏报 | 漏報 | Missed
    时段已结束而没有报的 | 時段已結束而沒有報的 | The slot has closed and nothing came`,
  "readings.pending": `
    未到时限 | 未到時限 | Pending
    时段还没有结束，也没有报的 | 時段還沒有結束，也沒有報的 | The slot is still open and nothing came yet`,
  "readings.shareOnTime.denominator": `
    已到时限或已报 | 已到時限或已報 | Due or received
    时段已结束的和已报的，= onTime + late + missed | 時段已結束的和已報的，= onTime + late + missed | Of closed slots, or received, = onTime + late + missed`,
  "readings.shareOnTime.share": `
    按时率 | 按時率 | Share on time
    按时的占已到时限或已报的；null 表示无从计算，不是零 | 按時的佔已到時限或已報的；null 表示無從計算，不是零 | On time of those due or received; null means unknown, not zero`,
  "batches.education.received": `
    教育局名单 | 教育局名單 | Lists from the education bureau
    录入服务并已确认的教育部门名单 | 錄入服務並已確認的教育部門名單 | Lists of the education bureau that were entered here and agreed to`,
  "batches.education.persons": `
    教育局名单上的人 | 教育局名單上的人 | Persons on the education bureau's lists
    这些名单的行，一行一人，不能用的行也计 | 這些名單的行，一行一人，不能用的行也計 | Rows of these lists, one a person, spoiled ones among them`,
  "batches.health.received": `
    卫健局名单 | 衛健局名單 | Lists from the health bureau
    录入服务并已确认的卫健部门名单 | 錄入服務並已確認的衛健部門名單 | Lists of the health bureau that were entered here and agreed to`,
  "batches.health.persons": `
    卫健局名单上的人 | 衛健局名單上的人 | Persons on the health bureau's lists
    这些名单的行，一行一人，不能用的行也计 | 這些名單的行，一行一人，不能用的行也計 | Rows of these lists, one a person, spoiled ones among them`,
  "letters.sent": `
    已发协查函 | 已發協查函 | Letters sent
    在服务里写给外地的协查函，后来撤回的也计 | 在服務裡寫給外地的協查函，後來撤回的也計 | Letters to other counties written here, also those withdrawn later`,
  "letters.answered": `
    已答复的协查函 | 已答覆的協查函 | Letters answered
    对方已说明查找结果的协查函 | 對方已說明查找結果的協查函 | Letters to which the other county has said what it found`,
};
