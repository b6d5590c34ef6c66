/** A number that a phone can call: one to tap, written as it is read out. */
export const PhoneLink = ({ number }: { number: string }) => (
  <a class="call" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
    {spacedPhone(number)}
  </a>
);

/** A number as it is read out: 0818-123 4567, 139 0000 0000. */
const spacedPhone = (number: string): string =>
  number
    .replace(/[\s-]/g, "")
    .replace(/^(1\d{2})(\d{4})(\d{4})$/, "$1 $2 $3")
    .replace(/^(0(?:10|2\d)|0[3-9]\d{2})(\d{3,4})(\d{4})$/, "$1-$2 $3");
