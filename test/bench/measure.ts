export const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** The median of some runs, after one run for warm-up. */
export const medianMilliseconds = async (rounds: number, work: () => Promise<unknown>): Promise<number> => {
  await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) times.push(await milliseconds(work))
  return median(times)
}

export const perSecond = (count: number, ms: number): number => (count / ms) * 1000
export const grouped = (value: number): string => Math.round(value).toLocaleString('en-US')
