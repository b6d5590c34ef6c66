/*
 * Stands where @simplewebauthn/server imports its readers of certificates (aliases in src/cli/wrangler.ts): they prove who made a
 * passkey's device, which nobody here asks ("none"), and would weigh more than the rest of the desk. What a sign-in needs of
 * them is here: the two numbers of an ECDSA signature.
 */
const absent = (): never => {
  throw new Error("This Worker is built without attestation. Take the aliases out of src/cli/wrangler.ts.");
};
class Absent {
  constructor() {
    absent();
  }
}

/** Names the one structure that `AsnParser` here can read: SEQUENCE of the INTEGERs r and s (RFC 3279, 2.2.3). */
export class ECDSASigValue {}

export const AsnParser = {
  /** Reads a signature as DER. Throws for any other structure, and for bytes that are no such thing. */
  parse(der: Uint8Array, wanted: unknown): { r: Uint8Array; s: Uint8Array } {
    if (wanted !== ECDSASigValue) return absent();
    let at = 0;
    const take = (tag: number) => {
      if (der[at] !== tag) throw new Error("not DER");
      // A P-521 signature is the longest: its length takes a second byte.
      const long = der[at + 1] === 0x81;
      const length = der[at + (long ? 2 : 1)] ?? 0;
      at += long ? 3 : 2;
      if (length > 255 || (!long && length > 127) || at + length > der.length) throw new Error("not DER");
      return length;
    };
    const integer = () => {
      const length = take(0x02);
      at += length;
      return der.subarray(at - length, at);
    };
    if (take(0x30) !== der.length - at) throw new Error("not DER");
    const [r, s] = [integer(), integer()];
    if (at !== der.length || r.length === 0 || s.length === 0) throw new Error("not DER");
    return { r, s };
  },
};

/* The names that are imported, and never come to be used. */
export {
  Absent as AuthorityKeyIdentifierExtension,
  Absent as BasicConstraints,
  Absent as Certificate,
  Absent as CRLDistributionPointsExtension,
  Absent as ECParameters,
  Absent as ExtendedKeyUsage,
  Absent as KeyDescription,
  Absent as OctetString,
  Absent as RSAPublicKey,
  Absent as SubjectAlternativeName,
  Absent as SubjectKeyIdentifierExtension,
  Absent as X509Certificate,
  Absent as X509ChainBuilder,
  Absent as X509Crl,
};

const none = "";

export {
  none as id_ce_basicConstraints,
  none as id_ce_extKeyUsage,
  none as id_ce_keyDescription,
  none as id_ce_subjectAltName,
  none as id_ecdsaWithSHA256,
  none as id_ecdsaWithSHA384,
  none as id_ecdsaWithSHA512,
  none as id_ecPublicKey,
  none as id_ml_dsa_44,
  none as id_ml_dsa_65,
  none as id_ml_dsa_87,
  none as id_rsaEncryption,
  none as id_secp256r1,
  none as id_secp384r1,
  none as id_sha1WithRSAEncryption,
  none as id_sha256WithRSAEncryption,
  none as id_sha384WithRSAEncryption,
  none as id_sha512WithRSAEncryption,
};
