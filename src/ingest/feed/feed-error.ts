/** A feed that cannot be used. The message is one line: what is wrong, and what to do about it. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
  readonly kind: 'empty' | 'too_large' | 'not_a_feed' | 'broken' | 'no_episodes'
  constructor(kind: FeedError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
