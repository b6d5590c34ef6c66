/*
 * Common characters that only one of the two Chinese scripts writes, so that a text set in the other is found out.
 */
const SIMPLIFIED =
  "们这请写选时间过体温发热证码号区乡镇网员务县单报备汉经车飞机动电话联详细没来为与个实样见长门问题东进还说谁处应该别类线认识让给难听习买卖钱银铁错队阳阴际陆险随隐离顾须领频页顺项预额风饭馆马驾验惊鱼鸟鸡龙户内医确疑类传谣测观现条记录护触邻汇总签职责任组织术亲属写楼办项览终断输数据转换询";
const TRADITIONAL =
  "們這請寫選時間過體溫發熱證碼號區鄉鎮網員務縣單報備漢經車飛機動電話聯詳細沒來為與個實樣見長門問題東進還說誰處應該類線認識讓給難聽買賣戶內醫確傳謠測觀現條記錄護觸鄰親屬樓辦項斷輸數據轉換詢";
// Written alike in both, though the lists above pair them with others.
const BOTH = new Set("疑任覽總簽責終");
const simplified = new Set([...SIMPLIFIED].filter((char) => !TRADITIONAL.includes(char) && !BOTH.has(char)));
const traditional = new Set([...TRADITIONAL].filter((char) => !SIMPLIFIED.includes(char) && !BOTH.has(char)));

/** The characters of a text that only Simplified Chinese writes, in their order. */
export const onlySimplified = (text: string) => [...text].filter((char) => simplified.has(char)).join("");
/** The characters of a text that only Traditional Chinese writes, in their order. */
export const onlyTraditional = (text: string) => [...text].filter((char) => traditional.has(char)).join("");
