/** What every format is read into before offsets exist: stretches of speech and headings, in the order of the text. */
export type Piece = SpeechPiece | { kind: 'heading'; title: string; startMs: number | null }

export interface SpeechPiece {
  kind: 'speech'
  text: string
  speaker: string | null
  /** Milliseconds as written in the source, not yet checked. */
  startMs: number | null
  endMs: number | null
  /** How it follows the piece before: in the same line of speech, on a new line, or as a new paragraph. */
  join: 'flow' | 'line' | 'paragraph'
}

export interface TranscriptMetadata {
  title?: string
  speakers?: string[]
  date?: string
  tags?: string[]
  summary?: string
}

/** What a parser of one format returns. */
export interface Reading {
  pieces: Piece[]
  metadata: TranscriptMetadata
  warnings: string[]
  language?: string
  /**
   * `true` where the format's cues stand on a timeline of their own, so that cues out of order can be put in order;
   * `false` where the order of the text is what the author meant.
   */
  sortable: boolean
}
