/**
 * Offensive words, rotated by 13 letters so that they appear neither in the code nor in logs. Only words that the detection of profanity
 * and hate needs are here. They are matched as whole words, with an optional plural ending.
 */
export const VEILED = {
  /** Strong profanity. A word with a `*` at its end also matches longer words. */
  strong:
    'shpx* shpxvat zbgureshpx* fuvg ohyyfuvg fuvggl ubefrfuvg ovgpu* nffubyr* phag* pbpxfhpxre* qvpxurnq* jnaxre* gjng* cevpx ovgpuva',
  /** Mild profanity. It counts for the tone of an item. It does not decide its suitability by itself. */
  mild: 'qnza* tbqqnza* penc penccl cvff cvffrq onfgneq* nefr* nefrubyr* oybbql uryy nff',
  /** Slurs against people for what they are. */
  slurs:
    'avttre avttn snttbg snt genaal xvxr fcvp cnxv envturnq gbjryurnq jrgonpx tbbx fnaqavttre fuvgfxva qlxr furznyr zhmmvr wvtnobb pnzrywbpxrl ergneq zbatbybvq fcnm fcnfgvp phzqhzcfgre fyhg juber fxnax puvax ornare tbyyvjbt cbcburnq cbbsgre ubzb yrmm',
  /** Slurs that are also ordinary words. They count only together with another sign of hostility. */
  ambiguous: 'fnt fcvp puvax qlxr ubzb fcnm fxnax ornare ergneq cbbs',
} as const

/** Turns a veiled list into words. A `*` stays. */
export function unveil(list: string): string[] {
  const rotate = (letter: string): string => {
    const code = letter.charCodeAt(0) - 97
    return String.fromCharCode(((code + 13) % 26) + 97)
  }
  return list.split(' ').map((word) => word.replace(/[a-z]/g, rotate))
}
