/** The common form of all formats before offsets exist: pieces of speech and headings, in the order of the text. */
export type Piece = SpeechPiece | { kind: 'heading'; title: string; startMs: number | null }

export interface SpeechPiece {
  kind: 'speech'
  text: string
  speaker: string | null
  /** Milliseconds as written in the source, not yet checked. */
  startMs: number | null
  endMs: number | null
  /** How it follows the previous piece: in the same line of speech, on a new line, or as a new paragraph. */
  join: 'flow' | 'line' | 'paragraph'
}

export interface TranscriptMetadata {
  title?: string
  speakers?: string[]
  date?: string
  tags?: string[]
  summary?: string
}

/** The result of a parser of one format. */
export interface ParsedTranscript {
  pieces: Piece[]
  metadata: TranscriptMetadata
  warnings: string[]
  language?: string
  /**
   * `true` if the format's cues have a timeline of their own, so that cues out of order can be sorted;
   * `false` if the author determined the order of the text.
   */
  sortable: boolean
}
