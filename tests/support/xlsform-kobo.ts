import { drawn } from "./xlsform.ts";

/** A form as somebody might have made it in Kobo: English, nested groups, what this service has no like for. */
export const kobo = [
  drawn(
    "survey",
    `
| type | name | label | hint | required | relevant | constraint | constraint_message | appearance | default | calculation | media::image | choice_filter | $kuid |
| start | start | | | | | | | | | | | | k1 |
| note | welcome | Thank you for helping | | | | | | | | | | | |
| text | Full.Name | Your full name | As on the card | yes | | string-length(.) <= 80 | | | | | | | |
| integer | age | Your age | | true | | . >= 0 and . <= 120 | Ages go from 0 to 120 | | 30 | | | | |
| begin_group | health | Your health | | | \${age} > 15 | | | field-list | | | | | |
| select_one yn | fever | Do you have a fever | | TRUE | | | | | | | | | |
| decimal | temp | Your temperature | | | \${fever} = 'yes' | . > 30 and . < 45 | That is no temperature | | | | | | |
| begin_group | inner | More | | | \${fever} = 'yes' | | | | | | | | |
| select_multiple signs | signs | What else | | | | count-selected(.) <= 2 and . != 'x' | Choose two | minimal | | | | | |
| text | other | What is it | | yes | selected(\${signs}, '9') | | | multiline | | | | | |
| end_group | | | | | | | | | | | | | |
| select_one care or_other | care | Where were you seen | | | | | | | | | | | |
| end_group | | | | | | | | | | | | | |
| note | mid | Nearly there | | | | | | | | | | | |
| begin_repeat | people | People at home | | | | | | | | | | | |
| text | name | Their name | | yes | count(\${people}) > 0 | | | | | | | | |
| date | seen | Last seen | | | | . <= today() | Not in the future | | | | | | |
| end_repeat | | | | | | | | | | | | | |
| geopoint | where | Where are you | | | | | | | | | | | |
| calculate | total | | | | | | | | | count(\${people}) | | | |
| barcode | code | The code on the mask | | | | | | | | | mask.png | | |
| range | pain | How much does it hurt | | | | | | | | | | | |
| dateTime | when | When did it begin | | \${fever} = 'yes' | | | | | | | | | |
`,
  ),
  drawn(
    "choices",
    `
| list_name | name | label |
| yn | yes | Yes |
| yn | no | No |
| signs | 1 | A cough |
| signs | 9 | Something else |
| care | Clinic | At the clinic |
| care | home | At home |
| spare | a | Nobody asks |
`,
  ),
  drawn(
    "settings",
    `
| form_title | form_id | version | default_language | style |
| Health at home | Health_at_Home | 20200128a | English (en) | pages |
`,
  ),
  drawn("notes", "| to do |\n| ask Zhou |"),
];
