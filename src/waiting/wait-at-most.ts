/** Waits for work, but at most `ms` milliseconds; null if the time ran out. */
export async function atMost<Result>(work: Promise<Result>, ms: number): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
