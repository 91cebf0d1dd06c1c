import { styleText } from 'node:util'

type Paint = (text: string) => string

/** Styles for text. Without colours each style returns the text unchanged. */
export interface Style {
  bold: Paint
  dim: Paint
  accent: Paint
  good: Paint
  warn: Paint
  bad: Paint
}

const plain: Paint = (text) => text

export function createStyle(colours: boolean): Style {
  if (!colours) return { bold: plain, dim: plain, accent: plain, good: plain, warn: plain, bad: plain }
  const paint =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      styleText(format, text, { validateStream: false })
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    accent: paint('cyan'),
    good: paint('green'),
    warn: paint('yellow'),
    bad: paint('red'),
  }
}
