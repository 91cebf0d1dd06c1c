/** Texts whose contrast to what is behind them is below WCAG AA (4.5, or 3 where they are large). */
export const LOW_CONTRAST_TEXTS = `(() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }
  const over = ([r, g, b, a], below) => [r, g, b].map((part, n) => part * (a / 255) + below[n] * (1 - a / 255))
  const light = (rgb) => rgb
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0)
  const behind = (element) => {
    const parents = []
    for (let each = element; each !== null; each = each.parentElement) parents.unshift(each)
    return parents.reduce((below, each) => over(rgba(getComputedStyle(each).backgroundColor), below), [255, 255, 255])
  }
  const faint = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (walker.currentNode.data.trim() === '' || element.closest('svg') || element.getClientRects().length === 0) continue
    const style = getComputedStyle(element)
    const below = behind(element)
    const [a, b] = [light(over(rgba(style.color), below)), light(below)].sort((x, y) => y - x)
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && Number(style.fontWeight) >= 700)
    const contrast = (a + 0.05) / (b + 0.05)
    if (contrast < (large ? 3 : 4.5)) faint.add(contrast.toFixed(2) + ' ' + element.className + ' ' + walker.currentNode.data.trim().slice(0, 40))
  }
  return [...faint]
})()`
