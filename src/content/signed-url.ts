/** Names of query values that sign a URL or grant access: AWS, Google, Azure, CloudFront, Akamai, and common home-made names. */
const SIGNATURE =
  /^(?:x-(?:amz|goog)-.*|.*signature|sig|hmac|hdn(?:ea|ts)|jwt|.*token|key|api[-_]?key|awsaccesskeyid|googleaccessid|key-pair-id|expires|policy|auth|authorization|password|secret)$/i

/** A URL in its normal form, without user, password and signing query values: these are secrets, and signatures change with every request. */
export function withoutSignature(url: string): string {
  const parsed = new URL(url)
  for (const name of new Set(parsed.searchParams.keys()))
    if (SIGNATURE.test(name)) parsed.searchParams.set(name, 'signed')
  parsed.username = ''
  parsed.password = ''
  return parsed.toString()
}

/** A URL that may be stored: unchanged if it carries no secret, else {@link withoutSignature}. A text that is not a URL does not change. */
export function keepable(url: string): string {
  if (!URL.canParse(url)) return url
  const { username, password, searchParams } = new URL(url)
  const secret = username !== '' || password !== '' || [...searchParams.keys()].some((name) => SIGNATURE.test(name))
  return secret ? withoutSignature(url) : url
}

/** Makes the URLs in a sentence {@link keepable}, for example in the message of an error. */
export function withKeepableUrls(sentence: string): string {
  return sentence.replace(/https?:\/\/[^\s"'<>]+/gi, keepable)
}
