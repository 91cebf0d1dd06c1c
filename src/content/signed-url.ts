/** Query values that sign a URL or let its bearer in: AWS, Google, Azure, CloudFront, Akamai and what home-made ones are called. */
const SIGNATURE =
  /^(?:x-(?:amz|goog)-.*|.*signature|sig|hmac|hdn(?:ea|ts)|jwt|.*token|key|api[-_]?key|awsaccesskeyid|googleaccessid|key-pair-id|expires|policy|auth|authorization|password|secret)$/i

/** A URL in its normal form, without user and password and without the query values that sign it: those are secrets, and change with every request. */
export function withoutSignature(url: string): string {
  const parsed = new URL(url)
  for (const name of new Set(parsed.searchParams.keys()))
    if (SIGNATURE.test(name)) parsed.searchParams.set(name, 'signed')
  parsed.username = ''
  parsed.password = ''
  return parsed.toString()
}

/** A URL that may be kept: as it is given where it carries no secret, else {@link withoutSignature}. What is no URL stays. */
export function keepable(url: string): string {
  if (!URL.canParse(url)) return url
  const { username, password, searchParams } = new URL(url)
  const secret = username !== '' || password !== '' || [...searchParams.keys()].some((name) => SIGNATURE.test(name))
  return secret ? withoutSignature(url) : url
}

/** A sentence, such as the message of an error, whose URLs are {@link keepable}. */
export function withKeepableUrls(sentence: string): string {
  return sentence.replace(/https?:\/\/[^\s"'<>]+/gi, keepable)
}
